package dev.caravan.media;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stills to take of a video.
 *
 * @param asked requested time of the poster, in seconds into the video
 * @param time the requested time, or the last frame's if that is earlier
 * @param quality quality of FFmpeg's JPEG encoder, 1 (best) to 31
 */
record Stills(double asked, double time, FrameSize poster, FrameSize thumbnail, int quality) {
    private static final double LATEST = 7 * 24 * 3600;
    /** A higher thumbnail shows something like a line, for which no page has room. Pixels. */
    private static final int MAX_THUMBNAIL = 3200;
    /** The distance between the last frame and the one before it, in frames. */
    private static final double LAST = 1.5;

    private static final double USUAL_RATE = 10;

    static Stills of(Options options, Probe.Video video) {
        double asked = options.decimal("time", 0, LATEST);
        return new Stills(
                asked,
                existing(asked, video),
                FrameSize.within(video, options.number("posterSize", 16, 8192)),
                FrameSize.ofWidth(video, options.number("thumbnailWidth", 16, 4096), MAX_THUMBNAIL),
                options.number("quality", 1, 31));
    }

    /** Returns the requested time, at most that of the last frame. Seconds. */
    static double existing(double asked, Probe.Video video) {
        double rate = video.frameRate() > 0 ? video.frameRate() : USUAL_RATE;
        return video.duration() > 0 ? Math.max(0, Math.min(asked, video.end() - LAST / rate)) : asked;
    }

    /** Returns a new map of values for the commands. */
    Map<String, Object> values() {
        return new HashMap<>(Map.of(
                "poster_width", poster.width(),
                "poster_height", poster.height(),
                "thumbnail_width", thumbnail.width(),
                "thumbnail_height", thumbnail.height(),
                "quality", quality));
    }

    /**
     * The part of the video in which a run looks for the poster.
     *
     * @param from seconds
     * @param skip seconds after {@code from} that are decoded and dropped
     * @param window seconds after {@code from}, 0 for no end
     * @param last whether the last frame of that part is taken instead of the first
     */
    record Seek(double from, double skip, double window, boolean last) {
        /** In a longer window only key frames are read. Seconds. */
        private static final double SHORT = 10;
        /** A window without a length would have no end. Seconds. */
        private static final double MIN = 0.001;

        static Seek to(double time, Probe probe) {
            double from = SeekTarget.before(time, probe);
            return new Seek(from, time - from, 0, false);
        }

        static Seek before(double time) {
            return new Seek(0, 0, Math.max(MIN, time), true);
        }

        /** Returns the time of the still that was taken, in seconds. */
        double time(List<Double> frames) {
            return Math.max(0, from + frames.get(last ? frames.size() - 1 : 0));
        }

        Map<String, Object> values() {
            return Map.of("from", from, "skip", skip, "window", window, "last", last, "far", window > SHORT);
        }
    }
}
