package dev.caravan.subtitle;

import java.util.List;

/** Writes cues as WebVTT, for players in browsers. Colours, which WebVTT has by style sheet only, are left out. */
final class VttWriter {
    private VttWriter() {}

    static String write(List<Cue> cues) {
        StringBuilder vtt = new StringBuilder("WEBVTT\n\n");
        for (Cue cue : cues) {
            vtt.append(Timing.text(cue.start(), cue.end(), '.'))
                    .append(settings(cue.place()))
                    .append('\n')
                    .append(escaped(cue.text()))
                    .append("\n\n");
        }
        return vtt.toString();
    }

    private static String settings(int place) {
        String row = place >= 7 ? " line:0" : place >= 4 ? " line:50%" : "";
        String align = place == 0 || place % 3 == 2 ? "" : place % 3 == 1 ? " align:start" : " align:end";
        return row + align;
    }

    /** Keeps faces that WebVTT has as tags, and escapes everything else that would be a code. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (Markup.Part part : Markup.parts(text)) {
            if (part instanceof Markup.Letters letters) {
                escaped.append(literal(letters.text()));
            } else if (part instanceof Markup.Face face && face.name() != 's') {
                escaped.append(face.closes() ? "</" : "<").append(face.name()).append('>');
            }
        }
        return escaped.toString();
    }

    private static String literal(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
