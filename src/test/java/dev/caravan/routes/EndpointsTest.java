package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Who calls whom: no call into the void, and no route that nothing reaches. */
class EndpointsTest {
    private static final Pattern DIRECT = Pattern.compile("direct:([A-Za-z0-9-]+)");
    private static final Pattern KAMELET = Pattern.compile("kamelet:([a-z0-9-]+)");
    private static final Path CONTRACTS = Path.of("src/main/resources/openapi");
    private static final Path JAVA = Path.of("src/main/java");

    /** But the routes that integrators may add, to hear of events. */
    @Test
    void whatever_is_called_exists() throws IOException {
        Set<String> needed = called();
        needed.removeIf(name -> name.startsWith("on-"));
        assertThat(consumed()).containsAll(needed);
    }

    @Test
    void whatever_can_be_called_is_called() throws IOException {
        Set<String> reached = new TreeSet<>(called());
        reached.addAll(pipelines());
        assertThat(reached).containsAll(consumed());
    }

    @Test
    void every_kamelet_that_is_called_exists_and_every_own_one_is_called() {
        Set<String> existing = new TreeSet<>(Set.of("source", "sink"));
        YamlFile.kamelets().forEach(file -> existing.add(file.name()));
        Set<String> called = new TreeSet<>();
        Stream.concat(YamlFile.all().stream(), YamlFile.examples().stream())
                .forEach(file -> uris(file).forEach(uri -> names(KAMELET, uri).forEach(called::add)));
        assertThat(existing).containsAll(called);
        assertThat(called)
                .containsAll(YamlFile.ownKamelets().stream().map(YamlFile::name).toList());
    }

    private static Set<String> consumed() {
        Set<String> names = new TreeSet<>();
        YamlFile.routes().stream()
                .flatMap(file -> file.flows("route").stream())
                .map(route -> String.valueOf(YamlFile.map(route.get("from")).get("uri")))
                .forEach(uri -> names(DIRECT, uri).forEach(names::add));
        return names;
    }

    /** By the route run-job, under its own name. */
    private static Set<String> pipelines() {
        Set<String> names = new TreeSet<>();
        YamlFile.routes().stream()
                .flatMap(file -> file.flows("route").stream())
                .filter(route -> "durable".equals(route.get("routeConfigurationId")))
                .forEach(route -> names.add(String.valueOf(route.get("id"))));
        return names;
    }

    private static Set<String> called() throws IOException {
        Set<String> names = new TreeSet<>(operations());
        YamlFile.all()
                .forEach(file -> uris(file).forEach(uri -> names(DIRECT, uri).forEach(names::add)));
        try (Stream<Path> sources = Files.walk(JAVA)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                names(DIRECT, Files.readString(source)).forEach(names::add);
            }
        }
        return names;
    }

    /** Every {@code uri} and {@code deadLetterUri} but the one that a route listens on. */
    private static Stream<String> uris(YamlFile file) {
        return file.entries().stream()
                .filter(entry -> entry.key().toLowerCase().endsWith("uri"))
                .filter(entry -> !entry.parent().equals("from"))
                .map(YamlFile.Entry::value)
                .filter(Objects::nonNull)
                .map(Object::toString);
    }

    /** Contract first: each operation is answered by {@code direct:<operationId>}. */
    private static Set<String> operations() throws IOException {
        Set<String> ids = new TreeSet<>();
        if (Files.isDirectory(CONTRACTS)) {
            try (Stream<Path> contracts = Files.list(CONTRACTS)) {
                for (Path contract : contracts.toList()) {
                    Object tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(contract));
                    YamlFile.entries(Map.of("contract", tree)).stream()
                            .filter(entry -> entry.key().equals("operationId"))
                            .forEach(entry -> ids.add(entry.value().toString()));
                }
            }
        }
        return ids;
    }

    private static Stream<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }
}
