package dev.caravan.media;

import java.util.Map;

/** Provides the values of the commands of standardize-video-action, by their names in the commands. */
final class StandardValues {
    /**
     * The silence of a source without sound lasts longer than any picture that is a little longer than its header says.
     * Seconds.
     */
    private static final double LONGER = 60;

    private StandardValues() {}

    static Map<String, Object> of(Probe probe, MeasuredSound sound, StandardFormat format) {
        Map<String, Object> values = SourceValues.of(probe);
        values.putAll(sound.values());
        values.putAll(Loudness.untouched());
        addFormat(format, values);
        addGeometry(Geometry.of(probe.video(), format), values);
        addBox(probe.video(), values);
        values.put("overlong", probe.video().overlong());
        values.put("picture_end", probe.video().end());
        values.put("hold", hold(probe, sound, format.fps()));
        values.put("longest", 2 * probe.duration() + LONGER);
        return values;
    }

    private static void addFormat(StandardFormat format, Map<String, Object> values) {
        values.put("width", format.width());
        values.put("height", format.height());
        values.put("fps", format.fps());
        values.put("back_fps", format.fps() / 2.0);
        values.put("fit", format.fit());
        values.put("crf", format.crf());
        values.put("preset", format.preset());
        values.put("codec", format.codec());
        values.put("audio_bit_rate", format.audioBitRate());
    }

    private static void addGeometry(Geometry geometry, Map<String, Object> values) {
        values.put("crop_width", geometry.cropWidth());
        values.put("crop_height", geometry.cropHeight());
        values.put("scaled_width", geometry.scaledWidth());
        values.put("scaled_height", geometry.scaledHeight());
        values.put("back_width", geometry.backWidth());
        values.put("back_height", geometry.backHeight());
        values.put("small_width", geometry.smallWidth());
        values.put("small_height", geometry.smallHeight());
    }

    /**
     * Adds the box that pictures are fitted into: the frame; for zscale, which keeps the size of its first picture, the
     * size to which that picture is scaled.
     */
    private static void addBox(Probe.Video video, Map<String, Object> values) {
        boolean zscaled = video.hdr().equals("pq") || video.matrix().equals("bt2020");
        values.put("zscaled", zscaled);
        values.put("box_width", values.get(zscaled ? "scaled_width" : "width"));
        values.put("box_height", values.get(zscaled ? "scaled_height" : "height"));
    }

    /** Returns seconds for which the last picture is held because the sound continues; 0 if the picture ends last. */
    private static double hold(Probe probe, MeasuredSound sound, int fps) {
        double excess = !sound.present() || probe.video().duration() == 0
                ? 0
                : sound.end() - probe.video().end();
        return excess < 0.5 / fps ? 0 : excess;
    }
}
