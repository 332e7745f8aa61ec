package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** application.properties: every setting once, explained, used, and known under the same name everywhere. */
class SettingsTest {
    private static final Path FILE = Path.of("src/main/resources/application.properties");
    private static final Pattern IN_YAML = Pattern.compile("\\{\\{\\??!?(caravan\\.[a-z0-9.-]+)");
    private static final Pattern READ = Pattern.compile("ettings\\.[a-z]+\\(\\s*\"(caravan\\.[a-z0-9.-]+)\"");
    private static final Map<String, String> settings = new LinkedHashMap<>();
    private static List<String> lines;

    @BeforeAll
    static void read() throws IOException {
        lines = Files.readAllLines(FILE);
        lines.stream().filter(line -> line.matches("[a-z].*=.*")).forEach(line -> {
            int equals = line.indexOf('=');
            settings.put(line.substring(0, equals), line.substring(equals + 1));
        });
    }

    @Test
    void every_setting_stands_once() {
        assertThat(lines.stream()
                        .filter(line -> line.matches("[a-z].*=.*"))
                        .map(line -> line.substring(0, line.indexOf('='))))
                .doesNotHaveDuplicates();
    }

    @Test
    void every_group_of_settings_begins_with_a_comment() {
        List<String> bare = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean first = i == 0 || lines.get(i - 1).isBlank();
            if (first && !lines.get(i).isBlank() && !lines.get(i).startsWith("# ")) {
                bare.add(lines.get(i));
            }
        }
        assertThat(bare).isEmpty();
    }

    @Test
    void every_setting_that_yaml_or_java_reads_is_there() throws IOException {
        Set<String> read = new TreeSet<>();
        YamlFile.all()
                .forEach(file -> IN_YAML.matcher(file.text()).results().forEach(found -> read.add(found.group(1))));
        for (String source : sources("src/main/java")) {
            READ.matcher(source).results().forEach(found -> read.add(found.group(1)));
        }
        settings.values().forEach(value -> IN_YAML.matcher(value).results().forEach(found -> read.add(found.group(1))));
        assertThat(read).isNotEmpty().allMatch(settings::containsKey);
    }

    @Test
    void every_setting_is_used() throws IOException {
        List<String> texts = new ArrayList<>(sources("src/main/java"));
        YamlFile.all().forEach(file -> texts.add(file.text()));
        texts.addAll(settings.values());
        String all = String.join("\n", texts);
        Set<String> unused = settings.keySet().stream()
                .filter(key -> key.startsWith("caravan."))
                .filter(key -> !Pattern.compile("(\"|\\{\\{\\??)" + Pattern.quote(key) + "[\"}:]")
                        .matcher(all)
                        .find())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unused).isEmpty();
    }

    private static List<String> sources(String folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }
}
