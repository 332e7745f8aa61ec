package dev.caravan.subtitle;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Colours as SRT files write them: {@code #RRGGBB} with or without the sign, {@code #RGB}, or HTML's sixteen names. */
final class Colour {
    private static final Map<String, String> NAMES = names(
            "black 000000 silver C0C0C0 gray 808080 grey 808080 white FFFFFF maroon 800000 red FF0000 purple 800080"
                    + " fuchsia FF00FF magenta FF00FF green 008000 lime 00FF00 olive 808000 yellow FFFF00 navy 000080"
                    + " blue 0000FF teal 008080 aqua 00FFFF cyan 00FFFF orange FFA500 pink FFC0CB");

    private Colour() {}

    /** {@code RRGGBB}; empty for what is no colour. */
    static Optional<String> parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (NAMES.containsKey(plain)) {
            return Optional.of(NAMES.get(plain));
        }
        String digits = plain.startsWith("#") ? plain.substring(1) : plain;
        if (digits.matches("[0-9a-f]{6}")) {
            return Optional.of(digits.toUpperCase(Locale.ROOT));
        }
        return digits.matches("[0-9a-f]{3}")
                ? Optional.of(digits.replaceAll(".", "$0$0").toUpperCase(Locale.ROOT))
                : Optional.empty();
    }

    /** ASS counts its colours from blue to red. */
    static String ass(String rgb) {
        return "&H" + rgb.substring(4, 6) + rgb.substring(2, 4) + rgb.substring(0, 2) + "&";
    }

    private static Map<String, String> names(String pairs) {
        Map<String, String> names = new HashMap<>();
        String[] words = pairs.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            names.put(words[i], words[i + 1]);
        }
        return Map.copyOf(names);
    }
}
