package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the compiled classes do not show. */
class SourcesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    /** Given to a StepException or a Failure, or followed by its kind. */
    private static final Pattern CODE = Pattern.compile(
            "(?:(?:permanent|transientFailure|skipped|ours|new Failure)\\(|sign\\([^;]*?,)\\s*\"([A-Z][A-Z_]+)\"");

    private static final int MAX_FILE = 300;

    @Test
    void every_package_says_why_it_exists() throws IOException {
        List<Path> silent = new ArrayList<>();
        for (Path file : sources()) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).startsWith("/**")) {
                silent.add(SOURCES.relativize(file.getParent()));
            }
        }
        assertThat(Set.copyOf(silent)).isEmpty();
    }

    @Test
    void a_file_can_be_read_in_one_go() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            long lines = Files.readString(file).lines().count();
            if (lines >= MAX_FILE) {
                tooLong.add(file.getFileName() + ": " + lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void every_code_of_a_failure_stands_among_the_contracts() throws IOException {
        String contracts = Files.readString(Path.of("UPGRADING.md"));
        Set<String> codes = new TreeSet<>();
        for (Path file : sources()) {
            CODE.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
        }
        assertThat(codes).hasSizeGreaterThan(10).allMatch(code -> contracts.contains("`" + code + "`"));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
