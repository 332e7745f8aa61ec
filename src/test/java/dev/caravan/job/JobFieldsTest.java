package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An attribute of a job has its name in one place: a renamed one would else be read under its old name somewhere. */
class JobFieldsTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/caravan");
    private static final Set<String> NAMES = names();

    /** What works on records of the jobs table itself, not on the JSON that clients see. */
    private static final Pattern WORKS_ON_RECORDS = Pattern.compile(
            "tables(\\(\\))?\\.jobs\\(\\)|Jobs\\.(key|read|itemKey)\\b|Jobs::(key|read)|Tables\\.(LINE|DEAD|BY_NAME|BY_ASSET)|JobFields\\.");

    /** They read records of other kinds, with attributes of their own beside the two keys of the table. */
    private static final Set<String> KEEP_OTHER_RECORDS = Set.of(
            "ThroughputRecorder.java",
            "EndedJobs.java",
            "ObjectIdentity.java",
            "RedriveRecords.java",
            "RoleLease.java",
            "QueuePauses.java",
            "Throughput.java");

    private static final Pattern TEXT = Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"");
    private static final Pattern WORD = Pattern.compile("(?<![:#a-z_.])[a-z_]+(?![a-z_])");
    /** A whole attribute, or an expression of DynamoDB. */
    private static final Pattern EXPRESSION = Pattern.compile("[a-z_]+|.*( [=<>]+ :|attribute_|begins_with).*");

    @Test
    void no_other_package_names_an_attribute_of_a_job_by_a_string() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.startsWith(SOURCES.resolve("job")))
                            .flatMap(file -> named(file).stream()))
                    .as("use JobFields")
                    .isEmpty();
        }
    }

    @Test
    void only_the_package_job_puts_a_write_of_a_job_together() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.startsWith(SOURCES.resolve("job")))
                            .filter(file -> Pattern.compile("Write\\.to\\([^;]*Jobs\\.key\\(")
                                    .matcher(text(file))
                                    .find()))
                    .as("add a row to Transition")
                    .isEmpty();
        }
    }

    private static List<String> named(Path file) {
        String source = text(file).replaceAll("@Header\\(\"[a-z_]+\"\\)", "");
        List<String> found = new ArrayList<>();
        if (!WORKS_ON_RECORDS.matcher(source).find()) {
            return found;
        }
        Matcher literal = TEXT.matcher(source);
        while (literal.find()) {
            if (EXPRESSION.matcher(literal.group(1)).matches()) {
                WORD.matcher(literal.group(1))
                        .results()
                        .map(word -> word.group())
                        .filter(word -> namesOf(file).contains(word))
                        .forEach(word -> found.add(SOURCES.relativize(file) + ": " + word));
            }
        }
        return found;
    }

    private static Set<String> namesOf(Path file) {
        return KEEP_OTHER_RECORDS.contains(file.getFileName().toString())
                ? Set.of(JobFields.JOB_ID, JobFields.ITEM)
                : NAMES;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names() {
        return Stream.of(JobFields.class.getDeclaredFields())
                .filter(field -> field.getType() == String.class && Modifier.isStatic(field.getModifiers()))
                .map(JobFieldsTest::value)
                .collect(Collectors.toSet());
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
