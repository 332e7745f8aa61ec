package dev.caravan.subtitle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * Subtitles as a document of their own for libass, in pixels of the picture that they go into. Nothing of it comes from the
 * SRT but times and escaped text.
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
            Style: Default,%s,%s,%s,%s,%s,%s,%d,0,0,0,100,100,0,0,1,%s,0,2,%d,%d,%d,-1

            [Events]
            Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
            """;

    private final int width;
    private final int height;
    private final Style style;

    /** @param style as it is configured; it is scaled to the picture here */
    AssDocument(int width, int height, Style style) {
        this.width = width;
        this.height = height;
        this.style = style.in(width, height);
    }

    String of(List<Cue> cues) {
        StringBuilder document = new StringBuilder(head());
        cues.forEach(cue -> document.append(
                "Dialogue: 0,%s,%s,Default,,0,0,0,,%s\n".formatted(clock(cue.start()), clock(cue.end()), text(cue))));
        return document.toString();
    }

    private String head() {
        int side = (int) Math.round(width * (100 - style.safeWidth()) / 200.0);
        String colour = "&H00" + Colour.ass(style.colour()).substring(2, 8);
        String outlineColour = "&H00" + Colour.ass(style.outlineColour()).substring(2, 8);
        return String.format(
                Locale.ROOT,
                DOCUMENT,
                width,
                height,
                style.font(),
                decimal(style.size()),
                colour,
                colour,
                outlineColour,
                outlineColour,
                style.bold() ? -1 : 0,
                decimal(style.outline()),
                side,
                side,
                Math.round(style.margin()));
    }

    private String text(Cue cue) {
        return AssText.of(cue.text(), new LineRoom(width * style.safeWidth() / 100.0 / style.size()));
    }

    /** ASS counts hundredths: both ends are cut, so that cues that touch still do. */
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
