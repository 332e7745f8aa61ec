package dev.caravan.durable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of arguments that Kamelets share and that a text puts in by {@code use NAME}, as text: a step's result depends on
 * them as it does on the Kamelet itself.
 */
final class SharedArguments {
    private static final Pattern USE = Pattern.compile("(?m)(?:^|:)[ \\t]*use +([a-z][a-z0-9-]*)(?: +with +\\S.*)?$");

    private SharedArguments() {}

    /** The text of all files that are used, also by one another, each once. */
    static String usedBy(String text) {
        Map<String, String> used = new LinkedHashMap<>();
        collect(text, used);
        return String.join("", used.values());
    }

    private static void collect(String text, Map<String, String> used) {
        Matcher use = USE.matcher(text);
        while (use.find()) {
            if (!used.containsKey(use.group(1))) {
                String found = read(use.group(1));
                used.put(use.group(1), found);
                collect(found, used);
            }
        }
    }

    /** Empty where there is none, which the lint of commands refuses. */
    private static String read(String name) {
        try (InputStream in = SharedArguments.class.getResourceAsStream("/ffmpeg/" + name + ".ffmpeg")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
