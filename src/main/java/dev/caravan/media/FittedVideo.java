package dev.caravan.media;

import java.util.Map;

/**
 * A video that keeps its shape and its frame rate and is fitted into a box: the values for the commands of such steps,
 * and the promise for the result.
 *
 * @param size size of the written picture
 * @param encoder settings of the encoder
 */
public record FittedVideo(Probe source, FrameSize size, EncoderOptions encoder) {
    /** Silence lasts for longer than any picture that is a little longer than its header says. Seconds. */
    private static final double LONGER = 60;

    /** @param options {@code resolution}, {@code allowUpscale}, and those of the encoder */
    public static FittedVideo of(Options options, Probe source) {
        FrameSize size = Resolution.named(options.oneOf("resolution", Resolution.NAMES))
                .fit(source.video(), options.flag("allowUpscale"));
        return new FittedVideo(source, size, EncoderOptions.of(options));
    }

    /** Returns a new map, by the names of the placeholders. */
    public Map<String, Object> values(MeasuredSound sound) {
        Map<String, Object> values = SourceValues.of(source);
        values.putAll(sound.values());
        values.putAll(encoder.values());
        values.put("width", size.width());
        values.put("height", size.height());
        values.put("longest", 2 * source.duration() + LONGER);
        return values;
    }

    public OutputSpec promise() {
        return new OutputSpec(size.width(), size.height(), encoder.written(), 0);
    }
}
