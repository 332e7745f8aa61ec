package dev.caravan.subtitle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the text of a cue as libass reads it: bold, italic, underlined, struck out and coloured as the SRT says, and
 * everything else literally. No text can become an override code: braces are escaped, and a backslash is followed by an
 * invisible word joiner, since ASS has no escape for it.
 */
final class AssText {
    private static final double MIN_CHANGE = 0.01;
    private static final String WORD_JOINER = "\u2060";

    private final LongWordRoom room;
    private final FontChoice fonts;
    private final boolean bold;
    private final StringBuilder ass = new StringBuilder();
    private final Map<String, Integer> depths = new HashMap<>();
    private final Deque<String> colours = new ArrayDeque<>();

    private FontChoice.Face now = FontChoice.Face.WANTED;

    private AssText(LongWordRoom room, FontChoice fonts, boolean bold) {
        this.room = room;
        this.fonts = fonts;
        this.bold = bold;
    }

    /**
     * @param room room for words that are longer than a line
     * @param bold whether letters are bold without a tag
     */
    static String of(String text, LongWordRoom room, FontChoice fonts, boolean bold) {
        AssText written = new AssText(room, fonts, bold);
        written.write(text);
        return written.ass.toString();
    }

    private void write(String text) {
        for (Markup.Part part : Markup.parts(text)) {
            if (part instanceof Markup.Letters letters) {
                literal(letters.text());
            } else if (part instanceof Markup.Face face) {
                face(face.closes(), String.valueOf(face.name()));
            } else if (part instanceof Markup.Font font) {
                colour(font);
            }
        }
    }

    private void literal(String text) {
        text.codePoints().filter(letter -> !isSkinTone(letter)).forEach(letter -> {
            if (room.isFull(letter)) {
                ass.append("\\N");
            }
            font(letter);
            switch (letter) {
                case '\n' -> ass.append("\\N");
                case '{' -> ass.append("\\{");
                case '}' -> ass.append("\\}");
                case '\\' -> ass.append('\\').append(WORD_JOINER);
                default -> ass.appendCodePoint(letter);
            }
        });
    }

    /** Detects a skin tone: in a font of one colour it would be a box behind the hand that it modifies. */
    private static boolean isSkinTone(int letter) {
        return letter >= 0x1F3FB && letter <= 0x1F3FF;
    }

    /** Changes the font; letters without a font of their own - blanks, accents, joiners - keep that of the letter before. */
    private void font(int letter) {
        boolean goesAlong = FontChoice.invisible(letter)
                || Character.getType(letter) == Character.NON_SPACING_MARK
                || Character.getType(letter) == Character.COMBINING_SPACING_MARK;
        FontChoice.Face face = goesAlong ? now : fonts.face(letter, heavy()).orElse(now);
        if (face.equals(now)) {
            return;
        }
        ass.append('{');
        if (!Objects.equals(face.family(), now.family())) {
            ass.append("\\fn").append(face.family() == null ? "" : face.family());
        }
        if (Math.abs(face.scale() - now.scale()) >= MIN_CHANGE) {
            ass.append(size(face.scale()));
        }
        if (face.light() != now.light()) {
            ass.append(face.light() ? "\\b0" : bold ? "\\b" : "\\b1");
        }
        ass.append('}');
        now = face;
    }

    /** A code without a number restores the style's size; one with a sign adds so many tenths of the current size. */
    private static String size(double scale) {
        double tenths = 10 * (scale - 1);
        return Math.abs(scale - 1) < MIN_CHANGE ? "\\fs" : String.format(Locale.ROOT, "\\fs\\fs%+.2f", tenths);
    }

    private boolean heavy() {
        return bold || depths.getOrDefault("b", 0) > 0;
    }

    /** Only the outermost of nested tags counts; a code without a number restores the style's face. */
    private void face(boolean closes, String name) {
        int depth = depths.getOrDefault(name, 0);
        if (closes && depth == 0) {
            return;
        }
        depths.put(name, closes ? depth - 1 : depth + 1);
        if (name.equals("b")) {
            now = new FontChoice.Face(now.family(), false, now.scale());
        }
        if (closes && depth == 1) {
            ass.append("{\\").append(name).append('}');
        } else if (!closes && depth == 0) {
            ass.append("{\\").append(name).append("1}");
        }
    }

    /** A font tag without a colour keeps the surrounding one. */
    private void colour(Markup.Font font) {
        String around = colours.isEmpty() ? "" : colours.peek();
        if (!font.closes()) {
            colours.push(font.colour().map(Colour::ass).orElse(around));
        } else if (!colours.isEmpty()) {
            colours.pop();
        }
        String now = colours.isEmpty() ? "" : colours.peek();
        if (!now.equals(around)) {
            ass.append("{\\1c").append(now).append('}');
        }
    }
}
