package dev.caravan.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the extensions of file names in the table of kinds. */
public final class ExtensionTable {
    private ExtensionTable() {}

    /** Returns whether a file with this extension is sound. */
    public static boolean nameSound(String extension) {
        return named(extension, Names::sound);
    }

    /** Returns whether a file with this extension is a still picture. */
    public static boolean namePicture(String extension) {
        return named(extension, Names::still);
    }

    /** Returns the extensions of all accepted files, with the dot, each once: videos, pictures, sound. */
    public static List<String> all() {
        return Stream.<Function<Names, List<String>>>of(Names::moving, Names::still, Names::sound)
                .flatMap(which -> names().flatMap(names -> which.apply(names).stream()))
                .distinct()
                .map(extension -> "." + extension)
                .toList();
    }

    /**
     * Returns the extensions that a setting allows, with the dot, in lower case.
     *
     * @param setting with or without dots; empty for all accepted files
     */
    public static List<String> allowed(List<String> setting) {
        return setting.isEmpty()
                ? all()
                : setting.stream()
                        .map(extension -> extension.toLowerCase(Locale.ROOT))
                        .map(extension -> extension.startsWith(".") ? extension : "." + extension)
                        .toList();
    }

    private static boolean named(String extension, Function<Names, List<String>> which) {
        String lower = extension.toLowerCase(Locale.ROOT);
        return names().anyMatch(names -> which.apply(names).contains(lower));
    }

    private static Stream<Names> names() {
        return Arrays.stream(Container.values()).map(Container::names);
    }
}
