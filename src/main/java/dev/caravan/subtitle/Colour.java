package dev.caravan.subtitle;

import java.util.Locale;
import java.util.Optional;

/**
 * Reads colours as SRT files write them: {@code #RRGGBB} with or without the sign, {@code #RGB}, or a name of CSS. An
 * opacity after the digits is ignored.
 */
final class Colour {
    private static final int DIGITS = 6;

    private Colour() {}

    /** Returns {@code RRGGBB}; empty if the text is not a colour. */
    static Optional<String> parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (ColourNames.ALL.containsKey(plain)) {
            return Optional.of(ColourNames.ALL.get(plain));
        }
        String digits = plain.startsWith("#") ? plain.substring(1) : plain;
        if (digits.matches("[0-9a-f]{6}(?:[0-9a-f]{2})?")) {
            return Optional.of(digits.substring(0, DIGITS).toUpperCase(Locale.ROOT));
        }
        return digits.matches("[0-9a-f]{3,4}")
                ? Optional.of(
                        digits.substring(0, DIGITS / 2).replaceAll(".", "$0$0").toUpperCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Writes blue, green, red, the order of ASS. */
    static String ass(String rgb) {
        return "&H" + rgb.substring(4, 6) + rgb.substring(2, 4) + rgb.substring(0, 2) + "&";
    }
}
