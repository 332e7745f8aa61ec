package dev.caravan.media;

import java.util.HashMap;
import java.util.Map;

/** What the commands that encode need to know of their source, by the names that it has there. */
public final class SourceValues {
    private SourceValues() {}

    /** A new map: {@code video, interlaced, hdr, matrix}. */
    public static Map<String, Object> of(Probe probe) {
        Map<String, Object> values = new HashMap<>();
        Probe.Video video = probe.video();
        values.put("video", video.stream());
        values.put("interlaced", video.interlaced());
        values.put("hdr", video.hdr().equals("none") ? "" : video.hdr());
        values.put("matrix", video.matrix());
        return values;
    }
}
