package dev.caravan.subtitle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads codes of ASS that converters leave in SRT files. A face (bold, italic, underlined) and a place are obeyed; sizes,
 * fonts, colours, fades and the like are left out. No converter adds codes that draw, clip or hide by mistake: they stay
 * as text.
 *
 * @param text text without the codes
 * @param place as in {@link Cue}
 * @param found whether the text had any codes
 */
record AssCodes(String text, int place, boolean found) {
    private static final String FACE = "\\\\[bius][01]?";
    private static final String PLACE = "\\\\an[1-9]|\\\\a(?:[1-9]|1[01])";
    private static final String STYLE =
            "\\\\(?:[1-4]?c(?:&H[0-9A-Fa-f]{1,8}&?)?|fn[^\\\\{}]{0,64}+|fs[pc]?[xyz]?-?[\\d.]*+"
                    + "|(?:bord|shad|be|blur|q|s|k|K|kf|ko|r)[\\w.-]*+|(?:pos|move|fade?|org)\\([\\d,.\\s-]*+\\))";
    private static final Pattern BLOCK =
            Pattern.compile("\\{\\s?((?:(?:" + FACE + "|" + PLACE + "|" + STYLE + ")\\s?)++)}");
    private static final Pattern KNOWN = Pattern.compile("\\\\([bius])([01]?)(?![a-z0-9])|\\\\(an?)(\\d{1,2})");
    private static final Pattern OWN = Pattern.compile("\\{\\\\an([0-9])}");
    /** A new line, unless it is part of a folder's name. */
    private static final Pattern LINE = Pattern.compile("\\\\N");
    /** Places by the number of the old code, row by row of a number pad. */
    private static final int[] OLD_PLACES = {0, 1, 2, 3, 0, 7, 8, 9, 0, 4, 5, 6};

    static AssCodes of(String text) {
        boolean found = false;
        int place = 0;
        String now = text;
        Matcher block = BLOCK.matcher(now);
        while (block.find()) {
            StringBuilder tags = new StringBuilder();
            Matcher known = KNOWN.matcher(block.group(1));
            while (known.find()) {
                if (known.group(3) == null) {
                    tags.append(known.group(2).equals("1") ? "<" : "</")
                            .append(known.group(1))
                            .append('>');
                } else {
                    int number = Integer.parseInt(known.group(4));
                    place = known.group(3).equals("an") ? number : OLD_PLACES[Math.min(number, 11)];
                }
            }
            now = now.substring(0, block.start()) + tags + now.substring(block.end());
            block = BLOCK.matcher(now);
            found = true;
        }
        String broken = now.contains(":\\") ? now : LINE.matcher(now).replaceAll("\n");
        return new AssCodes(broken, place, found || !broken.equals(now));
    }

    /** Returns libass' code; empty for the place of the style. */
    static String place(int place) {
        return place == 0 ? "" : code(place);
    }

    /** Returns the code that {@link SrtWriter} writes before the text; a text that begins like a code always gets one. */
    static String ownPlace(int place, String text) {
        return place > 0 || leadingPlace(text) >= 0 ? code(place) : "";
    }

    static String code(int place) {
        return "{\\an" + place + "}";
    }

    /** Returns the place that {@link #ownPlace} wrote; -1 without one. */
    static int leadingPlace(String text) {
        Matcher own = OWN.matcher(text);
        return own.lookingAt() ? Integer.parseInt(own.group(1)) : -1;
    }
}
