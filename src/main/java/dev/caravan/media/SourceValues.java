package dev.caravan.media;

import java.util.HashMap;
import java.util.Map;

/** Provides the facts of the source that the encoding commands need, by their names in the commands. */
public final class SourceValues {
    private SourceValues() {}

    /**
     * Returns a new map: {@code video, interlaced, hdr, matrix, told_matrix}, and the first picture as filters see it,
     * which may differ in size from those that follow: {@code first_width, first_height, first_pixel}.
     */
    public static Map<String, Object> of(Probe probe) {
        Map<String, Object> values = new HashMap<>();
        Probe.Video video = probe.video();
        values.put("video", video.stream());
        values.put("interlaced", video.interlaced());
        values.put("hdr", video.hdr().equals("none") ? "" : video.hdr());
        values.put("matrix", video.matrix());
        values.put("told_matrix", video.matrixTold() ? "auto" : video.matrix());
        values.put("first_width", video.onItsSide() ? video.codedHeight() : video.codedWidth());
        values.put("first_height", video.onItsSide() ? video.codedWidth() : video.codedHeight());
        values.put("first_pixel", video.uprightPixel());
        return values;
    }
}
