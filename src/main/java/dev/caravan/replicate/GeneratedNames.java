package dev.caravan.replicate;

import dev.caravan.imports.Imports;

/** Names generated files: by their prompt, if there is one. */
final class GeneratedNames {
    private static final int MAX = 80;

    private GeneratedNames() {}

    static String of(String prompt, String model) {
        String name = prompt == null ? "" : clean(prompt);
        if (name.isEmpty() && model != null) {
            name = clean(model);
        }
        return name.isEmpty() ? "prediction" : name;
    }

    /** Returns one line that is no path. */
    private static String clean(String text) {
        String line = Imports.name(text.replaceAll("[\\s/\\\\]+", " "));
        return line.codePointCount(0, line.length()) <= MAX
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX)).strip();
    }
}
