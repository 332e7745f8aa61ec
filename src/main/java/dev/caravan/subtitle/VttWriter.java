package dev.caravan.subtitle;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes cues as WebVTT, for players in browsers. Colours, which WebVTT has by style sheet only, are left out. */
final class VttWriter {
    private static final Pattern FACE = Pattern.compile("(?i)<(/?)([biu])\\s{0,5}+>");
    private static final Pattern FONT = Pattern.compile("(?i)</?font(?:\\s[^<>]{0,200}+)?\\s{0,5}+>");

    private VttWriter() {}

    static String write(List<Cue> cues) {
        StringBuilder vtt = new StringBuilder("WEBVTT\n\n");
        for (Cue cue : cues) {
            vtt.append(Timing.text(cue.start(), cue.end(), '.'))
                    .append(settings(cue.place()))
                    .append('\n')
                    .append(escaped(FONT.matcher(cue.text()).replaceAll("")))
                    .append("\n\n");
        }
        return vtt.toString();
    }

    private static String settings(int place) {
        String row = place >= 7 ? " line:0" : place >= 4 ? " line:50%" : "";
        String align = place == 0 || place % 3 == 2 ? "" : place % 3 == 1 ? " align:start" : " align:end";
        return row + align;
    }

    /** Faces stay tags, and everything else that would mean something is text. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        Matcher face = FACE.matcher(text);
        int at = 0;
        while (face.find()) {
            escaped.append(literal(text.substring(at, face.start())))
                    .append('<')
                    .append(face.group(1))
                    .append(face.group(2).toLowerCase(java.util.Locale.ROOT))
                    .append('>');
            at = face.end();
        }
        return escaped.append(literal(text.substring(at))).toString();
    }

    private static String literal(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
