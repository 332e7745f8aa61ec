package dev.caravan.media;

/** The width and height of a picture in pixels. */
public record FrameSize(int width, int height) {

    /** Returns the size at which the picture is shown, made smaller if its longer side is longer than {@code longest}. */
    static FrameSize within(Probe.Video video, int longest) {
        double scale = Math.min(1, (double) longest / Math.max(video.width(), video.height()));
        return new FrameSize(Math.max(1, (int) Math.round(video.width() * scale)), Math.max(1, (int)
                Math.round(video.height() * scale)));
    }

    /**
     * Returns the same proportions at that width, and narrower only if it would be higher than {@code highest}; even
     * height.
     */
    static FrameSize ofWidth(Probe.Video video, int width, int highest) {
        double shape = (double) video.height() / video.width();
        double taken = Math.min(width, highest / shape);
        return new FrameSize(Math.max(1, (int) Math.round(taken)), even(taken * shape, highest));
    }

    /** Returns this size with both sides even, as 4:2:0 video requires. */
    FrameSize even() {
        return new FrameSize(even(width, width), even(height, height));
    }

    /** Returns the nearest even number, at least 2, that is not more than {@code most}. */
    static int even(double pixels, int most) {
        return Math.max(2, Math.min((int) Math.round(pixels / 2) * 2, most / 2 * 2));
    }
}
