package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegCall;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The sound of the running step's file, as check-sound-action measured it and the commands of the step read it. They read
 * the file itself, or an even copy if the file's own sound changes on the way or is not valid everywhere.
 *
 * @param present false if the file has no sound, or none of it can be decoded
 * @param stream index in the file
 * @param channels channels that the commands read
 * @param surround true if more than two channels are mixed into two
 * @param start seconds after the first stream's start
 * @param end seconds after the first stream's start
 * @param even the even copy; null if the file itself serves
 * @param demuxer FFmpeg's demuxer that reads the even copy
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
     * Returns what check-sound-action measured in this step.
     *
     * @throws IllegalStateException if check-sound-action did not run
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

    /** True if the file's own sound serves. */
    public boolean isEven() {
        return even == null;
    }

    /** Returns a new map: {@code sound, mono, surround, sound_input, audio, even_start}. */
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

    /** Returns the call with the even copy as its input {@code even}, which is empty if the file itself serves. */
    public FfmpegCall into(FfmpegCall call) {
        return isEven() ? call.value("even", "") : call.input("even", even, demuxer);
    }
}
