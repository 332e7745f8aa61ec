package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of metrics that UPGRADING.md promises. */
final class MetricsContract {
    private static final Pattern NAME = Pattern.compile("`(caravan_[a-z_]+)`");

    private MetricsContract() {}

    static Set<String> names() {
        try {
            Set<String> names = new TreeSet<>();
            Files.readString(Path.of("UPGRADING.md"))
                    .lines()
                    .filter(line -> line.startsWith("| `caravan_"))
                    .flatMap(row -> NAME.matcher(row).results())
                    .forEach(found -> names.add(found.group(1)));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
