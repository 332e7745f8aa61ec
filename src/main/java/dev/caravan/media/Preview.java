package dev.caravan.media;

import java.util.HashMap;
import java.util.Map;

/**
 * The properties of a preview of one video.
 *
 * @param length seconds at most
 * @param size even, as 4:2:0 wants it
 * @param fps frames per second at most
 * @param search seconds from the start that are searched for a picture that is not black
 * @param crf constant rate factor of x264
 * @param preset x264's name of its speed
 */
record Preview(double length, FrameSize size, int fps, double search, int crf, String preset) {
    private static final double MAX = 60;
    private static final double MAX_SEARCH = 600;
    /** At a lower rate, one frame may last longer than the whole clip. Frames per second. */
    private static final double SLOW = 1;

    static Preview of(Options options, Probe.Video video) {
        return new Preview(
                options.decimal("length", 1, MAX),
                FrameSize.within(video, options.number("size", 16, 1920)).even(),
                options.number("fps", 1, 60),
                options.decimal("search", 0.1, MAX_SEARCH),
                options.number("crf", 0, 51),
                options.oneOf("preset", EncoderOptions.PRESETS));
    }

    /** Returns a new map of values for the commands. Slower video keeps its frames if they are at even distances. */
    Map<String, Object> values(Probe.Video video) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "length", length,
                "width", size.width(),
                "height", size.height(),
                "fps", fps,
                "search", search,
                "crf", crf,
                "preset", preset));
        boolean slow = video.frameRate() > 0 && video.frameRate() < SLOW;
        values.put("slow", slow);
        values.put("fast", slow || video.frameRate() > fps || video.frameRate() == 0 || video.variableFrameRate());
        return values;
    }
}
