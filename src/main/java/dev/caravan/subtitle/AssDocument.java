package dev.caravan.subtitle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * Writes subtitles as an ASS document for libass, in pixels of the picture that they go into. It takes only times and
 * escaped text from the SRT.
 *
 * @see <a href="https://github.com/libass/libass/wiki/ASS-File-Format-Guide">the format as libass reads it</a>
 */
final class AssDocument {
    private static final String DOCUMENT =
            """
            [Script Info]
            ScriptType: v4.00+
            WrapStyle: 0
            ScaledBorderAndShadow: yes
            YCbCr Matrix: None
            PlayResX: %d
            PlayResY: %d

            [V4+ Styles]
            Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic,\
             Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL,\
             MarginR, MarginV, Encoding
            Style: Default,%s,%s,%s,%s,%s,%s,%d,0,0,0,100,100,0,0,%d,%s,%s,%d,%d,%d,%d,-1

            [Events]
            Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
            """;

    /**
     * libass' own border style: a stroke, and one box behind all lines of a cue whose edge is a shadow's width outside of
     * them.
     */
    private static final int BOXED = 4;

    private static final int STROKED = 1;
    /** The distance by which the box exceeds the letters, in heights of a line. */
    private static final double PADDING = 0.15;

    private static final int PLACES = 3;

    private final int width;
    private final int height;
    private final Style style;
    private final FontChoice fonts;

    /** @param style configured style; it is scaled to the picture here */
    AssDocument(int width, int height, Style style, FontChoice fonts) {
        this.width = width;
        this.height = height;
        this.style = style.in(width, height);
        this.fonts = fonts;
    }

    String of(List<Cue> cues) {
        StringBuilder document = new StringBuilder(head());
        cues.forEach(cue -> document.append("Dialogue: 0,%s,%s,Default,,0,0,%d,,%s%s\n"
                .formatted(clock(cue.start()), clock(cue.end()), margin(cue), AssCodes.place(cue.place()), text(cue))));
        return document.toString();
    }

    private String head() {
        int side = (int) Math.round(side());
        String colour = colour(style.colour(), 1);
        Style.Box box = style.box();
        return String.format(
                Locale.ROOT,
                DOCUMENT,
                width,
                height,
                style.font(),
                decimal(style.size()),
                colour,
                colour,
                colour(style.stroke().colour(), 1),
                box.isSeen()
                        ? colour(box.colour(), box.opacity())
                        : colour(style.stroke().colour(), 1),
                style.bold() ? -1 : 0,
                box.isSeen() ? BOXED : STROKED,
                decimal(style.stroke().width()),
                box.isSeen() ? decimal(style.size() * PADDING) : "0",
                style.layout().place(),
                side,
                side,
                Math.round(edge(style.layout().place())));
    }

    /** Returns the margin of both sides: the configured one, or more if the safe area requires it. */
    private double side() {
        return Math.min(
                width / 3.0,
                Math.max(style.layout().margin(), width * (100 - style.layout().safeArea()) / 200.0));
    }

    /** Returns 0 for the margin of the style. */
    private long margin(Cue cue) {
        return cue.place() == 0 ? 0 : Math.max(1, Math.round(edge(cue.place())));
    }

    private double edge(int place) {
        return place <= PLACES ? style.layout().bottomOffset() : style.layout().margin();
    }

    private String text(Cue cue) {
        LongWordRoom room = new LongWordRoom((width - 2 * side()) / style.size());
        return AssText.of(cue.text(), room, fonts, style.bold());
    }

    /** Writes a colour as ASS does: transparency, then blue, green and red. */
    private static String colour(String rgb, double opacity) {
        return String.format(
                Locale.ROOT,
                "&H%02X%s",
                Math.round((1 - opacity) * 255),
                Colour.ass(rgb).substring(2, 8));
    }

    /** Writes hundredths of a second, as ASS does: both ends are cut, so that cues that touch still do. */
    private static String clock(long millis) {
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d.%02d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis / 10 % 100);
    }

    private static String decimal(double number) {
        return BigDecimal.valueOf(number)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
