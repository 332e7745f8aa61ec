package dev.caravan.durable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name under which people know a file: that of its source where there is one, and never a URL into a jar. */
final class SourceName {
    private static final String SOURCES = "src/main/resources/";
    private static final Pattern PACKED =
            Pattern.compile("(?:jar:)?(?:file:)?(.*?)(?:target/[^/!]*\\.jar!/|target/classes/)(.+)");
    private static final Pattern PREFIX = Pattern.compile("^(?:jar:|classpath:|file:|mem:)*/*(?=[^/])");

    private SourceName() {}

    /** @param location as Camel has it: {@code file:/opt/caravan/target/caravan.jar!/routes/pipelines/probe.camel.yaml} */
    static String of(String location) {
        Matcher packed = PACKED.matcher(location);
        if (packed.matches()) {
            return source(List.of(Path.of(packed.group(1)), Path.of("")), packed.group(2));
        }
        int inside = location.indexOf("!/");
        if (inside >= 0) {
            return source(List.of(Path.of("")), location.substring(inside + 2));
        }
        return location.startsWith("classpath:")
                ? source(List.of(Path.of("")), PREFIX.matcher(location).replaceFirst(""))
                : location.replaceFirst("^file:", "");
    }

    private static String source(List<Path> projects, String name) {
        boolean there = projects.stream().anyMatch(project -> Files.exists(project.resolve(SOURCES + name)));
        return there ? SOURCES + name : name;
    }
}
