package dev.caravan.media;

/**
 * The sizes on the way from a picture to a frame, all in pixels. Scaled sizes are even, as 4:2:0 requires.
 *
 * @param cropWidth width of the part of the upright picture that is used, which is all of it unless {@code fit} is
 *     {@code crop}
 * @param scaledWidth width of the picture within the frame
 * @param fills true if the picture covers the frame
 * @param backWidth width of the part of the scaled picture that becomes the blurred background; it has the frame's
 *     proportions
 * @param smallWidth the size at which the background is blurred
 */
record Geometry(
        int cropWidth,
        int cropHeight,
        int scaledWidth,
        int scaledHeight,
        boolean fills,
        int backWidth,
        int backHeight,
        int smallWidth,
        int smallHeight) {
    /**
     * A picture that misses the frame's proportions by less is stretched: viewers notice bars of a few pixels, but not
     * this.
     */
    private static final double UNSEEN = 0.01;
    /** An eighth of the frame is fine enough for a blurred background, and costs next to nothing. */
    private static final double BLUR_SCALE = 8;

    static Geometry of(Probe.Video video, StandardFormat format) {
        int uprightWidth = video.onItsSide() ? video.codedHeight() : video.codedWidth();
        int uprightHeight = video.onItsSide() ? video.codedWidth() : video.codedHeight();
        double frame = (double) format.width() / format.height();
        double wider = (double) video.width() / video.height() / frame;
        boolean crop = format.fit().equals("crop");
        boolean fills = crop || Math.abs(Math.log(wider)) < UNSEEN;
        int scaledWidth = fills || wider > 1 ? format.width() : even(format.width() * wider);
        int scaledHeight = fills || wider < 1 ? format.height() : even(format.height() / wider);
        return new Geometry(
                crop && wider > 1 ? part(uprightWidth, 1 / wider) : uprightWidth,
                crop && wider < 1 ? part(uprightHeight, wider) : uprightHeight,
                scaledWidth,
                scaledHeight,
                fills,
                Math.min(scaledWidth, even(scaledHeight * frame)),
                Math.min(scaledHeight, even(scaledWidth / frame)),
                even(format.width() / BLUR_SCALE),
                even(format.height() / BLUR_SCALE));
    }

    private static int part(int whole, double fraction) {
        return Math.max(1, (int) Math.round(whole * fraction));
    }

    private static int even(double size) {
        return Math.max(2, (int) Math.round(size / 2) * 2);
    }
}
