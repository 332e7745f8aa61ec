package dev.caravan.subtitle;

import java.util.Locale;
import java.util.Optional;

/**
 * Colours as SRT files write them: {@code #RRGGBB} with or without the sign, {@code #RGB}, or a name of CSS. An opacity behind
 * the digits is left out.
 */
final class Colour {
    private static final int DIGITS = 6;

    private Colour() {}

    /** {@code RRGGBB}; empty for what is no colour. */
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

    /** ASS counts its colours from blue to red. */
    static String ass(String rgb) {
        return "&H" + rgb.substring(4, 6) + rgb.substring(2, 4) + rgb.substring(0, 2) + "&";
    }
}
