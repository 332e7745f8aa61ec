package dev.caravan.subtitle;

import dev.caravan.media.Options;

/**
 * How subtitles look. Sizes are pixels in a picture whose shorter side has 1080.
 *
 * @param font name of a font family that the system has
 * @param size height of a line
 * @param colour {@code RRGGBB}
 * @param outlineColour {@code RRGGBB}
 * @param outline width around the letters
 * @param margin between the lowest line and the lower edge of the picture
 * @param safeWidth the part of the width, in percent, that lines may take
 */
record Style(
        String font,
        boolean bold,
        double size,
        String colour,
        String outlineColour,
        double outline,
        double margin,
        int safeWidth) {
    private static final double SHORTER_SIDE = 1080;
    private static final double THINNEST_OUTLINE = 1;

    static Style of(Options options) {
        return new Style(
                options.matching("font", "[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}", "the name of a font"),
                options.flag("bold"),
                options.number("fontSize", 8, 400),
                colour(options, "colour"),
                colour(options, "outlineColour"),
                options.number("outline", 0, 40),
                options.number("margin", 0, 1000),
                options.number("safeWidth", 20, 100));
    }

    /** The same for a picture of that size; an outline stays visible. */
    Style in(int width, int height) {
        double scale = Math.min(width, height) / SHORTER_SIDE;
        return new Style(
                font,
                bold,
                size * scale,
                colour,
                outlineColour,
                outline == 0 ? 0 : Math.max(THINNEST_OUTLINE, outline * scale),
                margin * scale,
                safeWidth);
    }

    private static String colour(Options options, String name) {
        return options.matching(name, "#?[0-9A-Fa-f]{6}", "a colour such as #FFFFFF")
                .replace("#", "");
    }
}
