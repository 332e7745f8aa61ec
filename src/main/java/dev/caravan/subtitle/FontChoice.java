package dev.caravan.subtitle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Chooses a font for each letter: the one that was asked for, where it has the letter; else the one that suits the script; else
 * any that has it. Of the fonts for Chinese, Japanese and Korean, which draw the same letters differently, that of the
 * language of the text is taken.
 */
final class FontChoice {
    /**
     * @param family null for the font that was asked for
     * @param bold whether this face is to be asked for as bold
     */
    record Face(String family, boolean bold) {}

    private static final int VARIATION_16 = 0xFE0F;
    private static final List<String> EMOJI = List.of("Noto Emoji", "Symbola", "DejaVu Sans", "Noto Sans Symbols2");
    private static final List<String> PLAIN = List.of("Noto Sans", "DejaVu Sans", "Liberation Sans");

    private final FontTable table;
    private final String wanted;
    private final boolean bold;
    private final Language language;
    private final Map<Integer, Optional<Face>> chosen = new HashMap<>();

    /**
     * @param wanted the family that was asked for
     * @param language of the Han letters
     */
    FontChoice(FontTable table, String wanted, boolean bold, Language language) {
        this.table = table;
        this.wanted = wanted;
        this.bold = bold;
        this.language = language;
    }

    /** For letters that no font is asked about: blanks, marks of direction, joiners. */
    static boolean invisible(int letter) {
        int type = Character.getType(letter);
        return Character.isWhitespace(letter)
                || Character.isSpaceChar(letter)
                || type == Character.FORMAT
                || type == Character.CONTROL
                || letter >= 0xFE00 && letter <= VARIATION_16
                || letter >= 0xE0100 && letter <= 0xE01EF;
    }

    /** Empty where no font of this machine has the letter. */
    Optional<Face> face(int letter) {
        if (table.isEmpty() || invisible(letter)) {
            return Optional.of(new Face(null, bold));
        }
        return chosen.computeIfAbsent(letter, this::choose);
    }

    private Optional<Face> choose(int letter) {
        Optional<Boolean> asked = table.shows(wanted, letter, bold);
        if (asked.isPresent()) {
            return asked.map(heavy -> heavy == bold ? new Face(null, bold) : new Face(wanted, heavy));
        }
        return preferred(letter)
                .or(() -> first(
                        table.families().stream()
                                .filter(name -> name.startsWith("Noto Sans"))
                                .toList(),
                        letter))
                .or(() -> first(table.families(), letter));
    }

    private Optional<Face> preferred(int letter) {
        Character.UnicodeScript script = Character.UnicodeScript.of(letter);
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL -> first(language.fonts(), letter);
            case COMMON, INHERITED ->
                first(language.fonts(), letter, cjk -> letter >= 0x3000 && letter < 0x10000 ? 1 : 0)
                        .or(() -> first(letter >= 0x2190 ? EMOJI : PLAIN, letter));
            default -> first(List.of(noto(script), "DejaVu Sans", "Liberation Sans", "Noto Sans"), letter);
        };
    }

    /** As Noto calls its font for a script: {@code NOTO SANS THAI}. */
    private static String noto(Character.UnicodeScript script) {
        StringBuilder name = new StringBuilder("Noto Sans");
        for (String word : script.name().split("_")) {
            name.append(' ').append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }

    private Optional<Face> first(List<String> families, int letter, IntUnaryOperator when) {
        return when.applyAsInt(letter) == 1 ? first(families, letter) : Optional.empty();
    }

    private Optional<Face> first(List<String> families, int letter) {
        return families.stream()
                .flatMap(family -> table.shows(family, letter, bold).stream().map(heavy -> new Face(family, heavy)))
                .findFirst();
    }
}
