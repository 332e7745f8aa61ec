package dev.caravan.subtitle;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses a font for each letter: the requested one if it has the letter; else the one that suits the script; else any
 * that has it. Chinese, Japanese and Korean fonts draw the same letters differently, so the one for the text's language
 * is used.
 */
final class FontChoice {
    /**
     * The font of a letter.
     *
     * @param family null for the requested font
     * @param light whether bold is dropped, because only the regular face has the letter
     * @param scale factor of the size, so that the letters are as large as those of the requested font
     */
    record Face(String family, boolean light, double scale) {
        static final Face WANTED = new Face(null, false, 1);
    }

    private static final int VARIATION_16 = 0xFE0F;
    private static final int ARROWS = 0x2190;
    private static final List<String> EMOJI = List.of("Noto Emoji", "Symbola", "DejaVu Sans", "Noto Sans Symbols2");
    private static final List<String> PLAIN = List.of("Noto Sans", "DejaVu Sans", "Liberation Sans");

    private final FontTable table;
    private final String wanted;
    private final HanVariant hanVariant;
    private final Map<Integer, Optional<Face>> bold = new HashMap<>();
    private final Map<Integer, Optional<Face>> regular = new HashMap<>();

    /**
     * @param wanted the requested family
     * @param hanVariant language of the Han letters
     */
    FontChoice(FontTable table, String wanted, HanVariant hanVariant) {
        this.table = table;
        this.wanted = wanted;
        this.hanVariant = hanVariant;
    }

    /** True for letters that need no font: blanks, marks of direction, joiners. */
    static boolean invisible(int letter) {
        int type = Character.getType(letter);
        return Character.isWhitespace(letter)
                || Character.isSpaceChar(letter)
                || type == Character.FORMAT
                || type == Character.CONTROL
                || letter == Markup.LITERAL
                || letter >= 0xFE00 && letter <= VARIATION_16
                || letter >= 0xE0100 && letter <= 0xE01EF;
    }

    /** Empty if no font of this machine has the letter. */
    Optional<Face> face(int letter, boolean heavy) {
        if (table.isEmpty() || invisible(letter)) {
            return Optional.of(Face.WANTED);
        }
        return (heavy ? bold : regular).computeIfAbsent(letter, any -> choose(letter, heavy));
    }

    private Optional<Face> choose(int letter, boolean heavy) {
        Optional<Boolean> light = table.shows(wanted, letter, heavy);
        if (light.isPresent()) {
            return light.map(regularOnly -> new Face(null, regularOnly, 1));
        }
        return first(preferred(letter), letter, heavy)
                .or(() -> first(table.families("Noto Sans"), letter, heavy))
                .or(() -> first(table.families(""), letter, heavy));
    }

    private List<String> preferred(int letter) {
        Character.UnicodeScript script = Character.UnicodeScript.of(letter);
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL -> hanVariant.fonts();
            case COMMON, INHERITED -> common(letter);
            default -> List.of(noto(script), "DejaVu Sans", "Liberation Sans", "Noto Sans");
        };
    }

    /** Returns fonts for signs of no script: those of East Asia, pictures, and all others. */
    private List<String> common(int letter) {
        if (letter >= 0x3000 && letter < 0x10000) {
            return hanVariant.fonts();
        }
        return letter >= ARROWS ? EMOJI : PLAIN;
    }

    /** Returns Noto's name of its font for a script: {@code Noto Sans Thai}. */
    private static String noto(Character.UnicodeScript script) {
        StringBuilder name = new StringBuilder("Noto Sans");
        for (String word : script.name().split("_")) {
            name.append(' ').append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    private Optional<Face> first(List<String> families, int letter, boolean heavy) {
        return families.stream()
                .flatMap(family -> table.shows(family, letter, heavy).stream()
                        .map(light -> new Face(family, light, scale(family))))
                .findFirst();
    }

    private double scale(String family) {
        return table.height(family) / table.height(wanted);
    }
}
