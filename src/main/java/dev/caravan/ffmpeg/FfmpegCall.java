package dev.caravan.ffmpeg;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Holds what a run needs besides its command: values, files and how much media it will process. Immutable; a feature
 * prepares it and puts it on the exchange, where the next {@code exec:} finds it.
 *
 * @param values by placeholder name: numbers, booleans, plain words and paths
 * @param demuxers the demuxer that each input file is pinned to; for vips the loader
 * @param outputs files that the run writes; removed before it starts and whenever it fails
 * @param media how much media the run will process: the scale of its progress, and of its time limit; zero when unknown
 * @param aside true for a run that is not part of the step's progress, because a longer one follows
 */
public record FfmpegCall(
        Map<String, Object> values, Map<Path, String> demuxers, List<Path> outputs, Duration media, boolean aside) {
    /** Exchange property that holds the call. */
    public static final String PROPERTY = "ffmpeg.call";

    /** Exchange property that holds the command as the Kamelet has it. */
    public static final String COMMAND = "ffmpeg.command";

    public FfmpegCall {
        values = Map.copyOf(values);
        demuxers = Map.copyOf(demuxers);
        outputs = List.copyOf(outputs);
    }

    /** Makes a call whose progress is that of the step. */
    public FfmpegCall(Map<String, Object> values, Map<Path, String> demuxers, List<Path> outputs, Duration media) {
        this(values, demuxers, outputs, media, false);
    }

    public static FfmpegCall with(Map<String, Object> values) {
        return new FfmpegCall(values, Map.of(), List.of(), Duration.ZERO);
    }

    /** Adds an input file under {@code name}; FFmpeg will read it with this demuxer or not at all. */
    public FfmpegCall input(String name, Path file, String demuxer) {
        Map<Path, String> more = new HashMap<>(demuxers);
        more.put(file, demuxer);
        return new FfmpegCall(withValue(name, file), more, outputs, media, aside);
    }

    /** Adds an output file under {@code name}. */
    public FfmpegCall output(String name, Path file) {
        List<Path> more = new ArrayList<>(outputs);
        more.add(file);
        return new FfmpegCall(withValue(name, file), demuxers, more, media, aside);
    }

    /** @param seconds how much media the run will process, 0 when unknown */
    public FfmpegCall lasting(double seconds) {
        return new FfmpegCall(values, demuxers, outputs, Duration.ofMillis(Math.round(seconds * 1000)), aside);
    }

    /** Returns the same call with other values. */
    public FfmpegCall but(Map<String, Object> others) {
        return new FfmpegCall(others, demuxers, outputs, media, aside);
    }

    /** Adds a value. */
    public FfmpegCall value(String name, Object value) {
        return but(withValue(name, value));
    }

    /** Returns the same call without reports of its progress: a longer one follows. */
    public FfmpegCall asideOfTheStep() {
        return new FfmpegCall(values, demuxers, outputs, media, true);
    }

    public void on(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    private Map<String, Object> withValue(String name, Object value) {
        Map<String, Object> more = new HashMap<>(values);
        more.put(name, value);
        return more;
    }
}
