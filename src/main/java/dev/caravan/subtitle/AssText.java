package dev.caravan.subtitle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a cue as libass reads it: bold, italic, underlined and coloured as the SRT says, and everything else as it
 * stands there. No text can become an override code: braces are escaped, and a backslash is followed by an invisible word
 * joiner, since ASS has no escape for it.
 */
final class AssText {
    private static final Pattern TAG =
            Pattern.compile("<(/?)(?:([ibu])|(font)((?:\\s[^<>]{0,200}+)?))\\s{0,5}+>", Pattern.CASE_INSENSITIVE);
    private static final Pattern COLOUR = Pattern.compile(
            "\\bcolor\\s{0,5}=\\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))", Pattern.CASE_INSENSITIVE);
    private static final String WORD_JOINER = "\u2060";

    private final LineRoom room;
    private final FontChoice fonts;
    private final boolean bold;
    private final StringBuilder ass = new StringBuilder();
    private final Map<String, Integer> depths = new HashMap<>();
    private final Deque<String> colours = new ArrayDeque<>();

    private FontChoice.Face now = FontChoice.Face.WANTED;

    private AssText(LineRoom room, FontChoice fonts, boolean bold) {
        this.room = room;
        this.fonts = fonts;
        this.bold = bold;
    }

    /**
     * @param room for words that are longer than a line
     * @param bold whether letters are bold without a tag
     */
    static String of(String text, LineRoom room, FontChoice fonts, boolean bold) {
        AssText written = new AssText(room, fonts, bold);
        written.write(text);
        return written.ass.toString();
    }

    private void write(String text) {
        Matcher tag = TAG.matcher(text);
        int at = 0;
        while (tag.find()) {
            literal(text.substring(at, tag.start()));
            if (tag.group(3) != null) {
                colour(!tag.group(1).isEmpty(), tag.group(4));
            } else {
                face(!tag.group(1).isEmpty(), tag.group(2).toLowerCase(Locale.ROOT));
            }
            at = tag.end();
        }
        literal(text.substring(at));
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

    /** In a font of one colour it would be a box behind the hand that it means. */
    private static boolean isSkinTone(int letter) {
        return letter >= 0x1F3FB && letter <= 0x1F3FF;
    }

    /** What has no font of its own - blanks, accents, joiners - goes with the letter before it. */
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
        if (face.light() != now.light()) {
            ass.append(face.light() ? "\\b0" : bold ? "\\b" : "\\b1");
        }
        ass.append('}');
        now = face;
    }

    private boolean heavy() {
        return bold || depths.getOrDefault("b", 0) > 0;
    }

    /** Only the outermost of nested tags counts; without a number the code means: as the style has it. */
    private void face(boolean closes, String name) {
        int depth = depths.getOrDefault(name, 0);
        if (closes && depth == 0) {
            return;
        }
        depths.put(name, closes ? depth - 1 : depth + 1);
        if (name.equals("b")) {
            now = new FontChoice.Face(now.family(), false);
        }
        if (closes && depth == 1) {
            ass.append("{\\").append(name).append('}');
        } else if (!closes && depth == 0) {
            ass.append("{\\").append(name).append("1}");
        }
    }

    /** A font without a colour keeps that around it. */
    private void colour(boolean closes, String attributes) {
        String around = colours.isEmpty() ? "" : colours.peek();
        if (!closes) {
            Matcher colour = COLOUR.matcher(attributes);
            String code = colour.find() ? code(colour, around) : around;
            colours.push(code);
        } else if (!colours.isEmpty()) {
            colours.pop();
        }
        String now = colours.isEmpty() ? "" : colours.peek();
        if (!now.equals(around)) {
            ass.append("{\\1c").append(now).append('}');
        }
    }

    private static String code(Matcher found, String otherwise) {
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return Colour.parse(found.group(group)).map(Colour::ass).orElse(otherwise);
            }
        }
        return otherwise;
    }
}
