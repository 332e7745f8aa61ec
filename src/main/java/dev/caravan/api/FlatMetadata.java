package dev.caravan.api;

import dev.caravan.asset.Asset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the known metadata of an asset's media, flat and under the names that clients of the import service read in {@code
 * metadata}: {@code duration}, {@code width}, {@code height}, {@code codec}, {@code frame_rate}, {@code bitrate}.
 */
final class FlatMetadata {
    private FlatMetadata() {}

    /** Returns a map to which entries can be added. */
    static Map<String, Object> of(Asset asset) {
        Map<String, Object> facts = new LinkedHashMap<>();
        Map<?, ?> media = map(asset.media());
        Map<?, ?> shown = map(media.containsKey("picture") ? media.get("picture") : media.get("video"));
        put(facts, "duration", asset.duration() == null ? media.get("duration") : asset.duration());
        // The file that replaced the upload may have another size.
        String[] now =
                asset.resolution() == null ? new String[0] : asset.resolution().split("x");
        put(facts, "width", now.length == 2 ? Integer.valueOf(now[0]) : shown.get("width"));
        put(facts, "height", now.length == 2 ? Integer.valueOf(now[1]) : shown.get("height"));
        put(facts, "codec", shown.isEmpty() ? map(media.get("audio")).get("codec") : shown.get("codec"));
        put(facts, "frame_rate", shown.get("frame_rate"));
        put(facts, "bitrate", media.get("bit_rate"));
        return facts;
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static void put(Map<String, Object> facts, String name, Object value) {
        if (value != null) {
            facts.put(name, value);
        }
    }
}
