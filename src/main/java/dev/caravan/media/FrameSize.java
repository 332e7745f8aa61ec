package dev.caravan.media;

/** Width and height of a picture in pixels. */
public record FrameSize(int width, int height) {

    /** As the picture is shown, made smaller where its longer side is longer than {@code longest}. */
    static FrameSize within(Probe.Video video, int longest) {
        double scale = Math.min(1, (double) longest / Math.max(video.width(), video.height()));
        return new FrameSize(Math.max(1, (int) Math.round(video.width() * scale)), Math.max(1, (int)
                Math.round(video.height() * scale)));
    }

    /** The same proportions at that width, and narrower only where it would be higher than {@code highest}; even height. */
    static FrameSize ofWidth(Probe.Video video, int width, int highest) {
        double shape = (double) video.height() / video.width();
        double taken = Math.min(width, highest / shape);
        return new FrameSize(Math.max(1, (int) Math.round(taken)), even(taken * shape, highest));
    }

    /** The same with both sides even, as 4:2:0 video wants it. */
    FrameSize even() {
        return new FrameSize(even(width, width), even(height, height));
    }

    /** The nearest even number, of at least 2, that is not more than {@code most}. */
    static int even(double pixels, int most) {
        return Math.max(2, Math.min((int) Math.round(pixels / 2) * 2, most / 2 * 2));
    }
}
