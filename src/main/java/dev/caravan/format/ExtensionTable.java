package dev.caravan.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The endings that names of files have, as the table of kinds has them. */
public final class ExtensionTable {
    private ExtensionTable() {}

    /** Whether a file with this ending is sound. */
    public static boolean nameSound(String extension) {
        return named(extension, Names::sound);
    }

    /** Whether a file with this ending is a picture that does not move. */
    public static boolean namePicture(String extension) {
        return named(extension, Names::still);
    }

    /** The endings of all that is taken, with the dot, each once: videos, pictures, sound. */
    public static List<String> all() {
        return Stream.<Function<Names, List<String>>>of(Names::moving, Names::still, Names::sound)
                .flatMap(which -> names().flatMap(names -> which.apply(names).stream()))
                .distinct()
                .map(extension -> "." + extension)
                .toList();
    }

    /**
     * The endings that a setting allows, with the dot, in lower case.
     *
     * @param setting with or without dots; empty for all that is taken
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
