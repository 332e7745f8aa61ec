package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegCall;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The sound of the running step's file, as check-sound-action has heard it: what the commands of the step take. They take
 * it from the file itself, or from an even copy where the file's own sound changes on the way or is no sound everywhere.
 *
 * @param present false where the file has none, or none of it can be decoded
 * @param stream index in the file
 * @param channels of what the commands take
 * @param surround true where more than two channels are mixed into two
 * @param start seconds after the first stream's start
 * @param end seconds after the first stream's start
 * @param even the even copy; null where the file itself will do
 * @param demuxer that reads the even copy
 */
public record MeasuredSound(
        boolean present,
        int stream,
        int channels,
        boolean surround,
        double start,
        double end,
        Path even,
        String demuxer) {
    static final MeasuredSound NONE = new MeasuredSound(false, 0, 0, false, 0, 0, null, "");

    static final String PROPERTY = "sound";

    /**
     * What check-sound-action has heard in this step.
     *
     * @throws IllegalStateException without that
     */
    public static MeasuredSound of(Exchange exchange) {
        MeasuredSound sound = exchange.getProperty(PROPERTY, MeasuredSound.class);
        if (sound == null) {
            throw new IllegalStateException("Nobody has heard the sound: call check-sound-action first");
        }
        return sound;
    }

    void on(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** True where the file's own sound will do. */
    public boolean isEven() {
        return even == null;
    }

    /** A new map: {@code sound, mono, surround, sound_input, audio, even_start}. */
    public Map<String, Object> values() {
        return new HashMap<>(Map.of(
                "sound",
                present,
                "mono",
                channels == 1,
                "surround",
                surround,
                "sound_input",
                isEven() ? 0 : 1,
                "audio",
                isEven() ? stream : 0,
                "even_start",
                start));
    }

    /** The call with the even copy as its input {@code even}, which is empty where the file itself will do. */
    public FfmpegCall into(FfmpegCall call) {
        return isEven() ? call.value("even", "") : call.input("even", even, demuxer);
    }
}
