package dev.caravan.subtitle;

import dev.caravan.media.Options;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The look of subtitles. Sizes are pixels in a picture whose shorter side has 1080.
 *
 * @param font name of a font family that the system has
 * @param size height of a line
 * @param colour {@code RRGGBB}
 * @param stroke the line around the letters
 * @param box the background behind the letters
 * @param layout the position of lines
 */
record Style(String font, boolean bold, double size, String colour, Stroke stroke, Box box, Layout layout) {
    private static final double SHORTER_SIDE = 1080;
    private static final double THINNEST_STROKE = 1;
    private static final int PERCENT = 100;
    private static final String COLOUR = "#?[0-9A-Fa-f]{6}";
    private static final Map<String, Integer> POSITIONS = new TreeMap<>(Map.of("bottom", 2, "middle", 5, "top", 8));
    private static final String EXAMPLE = "a colour such as #FFFFFF";

    /**
     * @param colour {@code RRGGBB}
     * @param width width around the letters
     */
    record Stroke(String colour, double width) {}

    /**
     * @param colour {@code RRGGBB}
     * @param opacity 0 (no box) to 1
     */
    record Box(String colour, double opacity) {
        boolean isSeen() {
            return opacity > 0;
        }
    }

    /**
     * @param place as in {@link Cue}, for cues without a place of their own
     * @param margin between lines and the other edges of the picture
     * @param bottomOffset between the lowest line and the lower edge
     * @param safeArea the part of the width, in percent, that lines may take
     */
    record Layout(int place, double margin, double bottomOffset, int safeArea) {}

    static Style of(Options options) {
        return new Style(
                options.matching("font", "[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}", "the name of a font"),
                options.flag("bold"),
                options.number("fontSize", 8, 400),
                colour(options, "colour"),
                new Stroke(colour(options, "outlineColour"), options.number("outline", 0, 40)),
                box(options),
                new Layout(
                        POSITIONS.get(options.oneOf("position", List.copyOf(POSITIONS.keySet()))),
                        options.number("margin", 0, 1000),
                        options.number("bottomOffset", 0, 1000),
                        options.number("safeWidth", 20, 100)));
    }

    private static Box box(Options options) {
        String colour = options.matching("boxColour", "none|" + COLOUR, EXAMPLE + ", or none");
        int opacity = options.number("boxOpacity", 0, PERCENT);
        return colour.equals("none")
                ? new Box("000000", 0)
                : new Box(colour.replace("#", ""), opacity / (double) PERCENT);
    }

    /** Returns this style for a picture of that size; a stroke stays visible. */
    Style in(int width, int height) {
        double scale = Math.min(width, height) / SHORTER_SIDE;
        double line = stroke.width() == 0 ? 0 : Math.max(THINNEST_STROKE, stroke.width() * scale);
        return new Style(
                font,
                bold,
                size * scale,
                colour,
                new Stroke(stroke.colour(), line),
                box,
                new Layout(layout.place(), layout.margin() * scale, layout.bottomOffset() * scale, layout.safeArea()));
    }

    private static String colour(Options options, String name) {
        return options.matching(name, COLOUR, EXAMPLE).replace("#", "");
    }
}
