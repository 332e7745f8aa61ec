package dev.caravan.ffmpeg;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The output of a run that ended with exit code 0. That is not yet success: compare it with what was promised.
 *
 * @param output ffprobe's standard output; empty for ffmpeg
 * @param inputs the amounts read, by index of the stream in the first input; empty for ffprobe
 * @param decodeErrors how many lines of decoders reported errors
 * @param stderrTail the last warnings and errors
 * @param filterWarnings the warnings of filters, each once
 * @param filterReports the measurements of the filters astats and ashowinfo, in order: {@code astats_4 Max level: 0.5}
 * @param reached how much media was written
 * @param pictures each change of size or pixel aspect ratio that a filter {@code showinfo} saw, the first picture included
 */
public record FfmpegResult(
        String output,
        Map<Integer, StreamStatistics> inputs,
        long decodeErrors,
        String stderrTail,
        List<String> filterWarnings,
        List<String> filterReports,
        Duration reached,
        List<Picture> pictures) {
    /** Exchange property that holds the result of the last run. */
    public static final String PROPERTY = "ffmpeg.result";

    /** Makes a result without output from filters. */
    public FfmpegResult(String output, Map<Integer, StreamStatistics> inputs, long decodeErrors, String stderrTail) {
        this(output, inputs, decodeErrors, stderrTail, List.of(), List.of(), Duration.ZERO, List.of());
    }

    public static FfmpegResult of(Exchange exchange) {
        FfmpegResult result = exchange.getProperty(PROPERTY, FfmpegResult.class);
        if (result == null) {
            throw new IllegalStateException("No ffmpeg or ffprobe has run on this exchange");
        }
        return result;
    }

    /** Returns how much was read of one stream; zero for a stream that was not used. */
    public StreamStatistics input(int stream) {
        return inputs.getOrDefault(stream, StreamStatistics.NONE);
    }

    /**
     * @param packets packets read
     * @param frames frames decoded, of which
     * @param corrupt were damaged
     */
    public record StreamStatistics(long packets, long frames, long corrupt) {
        static final StreamStatistics NONE = new StreamStatistics(0, 0, 0);
    }

    /**
     * @param time seconds from the beginning of the run
     * @param width pixels, upright
     * @param height pixels, upright
     * @param pixel width of a pixel over its height
     */
    public record Picture(double time, int width, int height, double pixel) {
        private static final double SAME = 0.01;

        boolean looksLike(Picture other) {
            return width == other.width && height == other.height && Math.abs(pixel / other.pixel - 1) < SAME;
        }
    }
}
