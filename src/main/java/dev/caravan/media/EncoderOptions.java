package dev.caravan.media;

import java.util.List;
import java.util.Map;

/**
 * The settings of the encoders.
 *
 * @param crf constant rate factor of x264 and x265, 0 (lossless) to 51
 * @param preset x264's name of its speed
 * @param codec {@code libx264} or {@code libx265}
 * @param audioBitRate bits per second
 */
public record EncoderOptions(int crf, String preset, String codec, int audioBitRate) {
    static final List<String> CODECS = List.of("libx264", "libx265");
    static final List<String> PRESETS = List.of(
            "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo");

    /** Reads the parameters {@code crf, preset, codec, audioBitrate}. */
    public static EncoderOptions of(Options options) {
        return new EncoderOptions(
                options.number("crf", 0, 51),
                options.oneOf("preset", PRESETS),
                options.oneOf("codec", CODECS),
                options.bitRate("audioBitrate", 32_000, 512_000));
    }

    /** Returns FFmpeg's name of the written codec: {@code h264} or {@code hevc}. */
    public String written() {
        return written(codec);
    }

    static String written(String codec) {
        return codec.equals("libx265") ? "hevc" : "h264";
    }

    /** Returns the values for the commands: {@code crf, preset, codec, audio_bit_rate}. */
    public Map<String, Object> values() {
        return Map.of("crf", crf, "preset", preset, "codec", codec, "audio_bit_rate", audioBitRate);
    }
}
