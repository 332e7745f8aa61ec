package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Libraries with published vulnerabilities stay at the version that fixes them, or above it. */
class LibraryFloorsTest {
    /** The beginning of the names of jars, and the oldest version that is allowed. */
    private static final Map<String, String> FLOORS = new TreeMap<>(Map.of(
            "netty-buffer", "4.1.138",
            "netty-codec", "4.1.138",
            "netty-common", "4.1.138",
            "netty-handler", "4.1.138",
            "netty-resolver", "4.1.138",
            "netty-transport", "4.1.138",
            "vertx-core", "4.5.35",
            "logback-classic", "1.5.38",
            "logback-core", "1.5.38",
            "commons-lang3", "3.18.0"));

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+)*)(?:[.-].*)?\\.jar");

    @Test
    void no_jar_is_older_than_its_floor() {
        List<String> below = jars().flatMap(jar -> below(jar).stream()).toList();
        assertThat(below).as("raise the version in pom.xml").isEmpty();
    }

    @Test
    void each_floor_has_a_jar() {
        List<String> names = jars().toList();
        assertThat(FLOORS.keySet()).allSatisfy(name -> assertThat(names).anyMatch(jar -> jar.startsWith(name + "-")));
    }

    @Test
    void an_older_jar_is_named_with_its_floor() {
        assertThat(below("netty-codec-http2-4.1.99.Final.jar"))
                .containsExactly("netty-codec-http2-4.1.99.Final.jar is older than 4.1.138");
        assertThat(below("netty-codec-http2-4.1.138.Final.jar")).isEmpty();
        assertThat(below("netty-codec-http2-4.2.0.Final.jar")).isEmpty();
        assertThat(below("netty-tcnative-classes-2.0.85.Final.jar")).isEmpty();
    }

    private static List<String> below(String jar) {
        Matcher parts = JAR.matcher(jar);
        if (!parts.matches()) {
            return List.of();
        }
        Version version = Version.parse(parts.group(2));
        return FLOORS.entrySet().stream()
                .filter(floor -> (parts.group(1) + "-").startsWith(floor.getKey() + "-"))
                .filter(floor -> version.compareTo(Version.parse(floor.getValue())) < 0)
                .map(floor -> jar + " is older than " + floor.getValue())
                .toList();
    }

    private static Stream<String> jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.endsWith(".jar"));
    }
}
