package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.storage.PlainFile;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * Brings the sound to one loudness (EBU R 128, ITU-R BS.1770) in two passes if a step asks for it: a run measures before
 * the run that encodes, so that one gain serves for all of it. Kamelets call this bean {@code loudness}.
 */
public final class Loudness {
    /** Exchange property: true if the sound is to be measured. */
    static final String MEASURE = "loudness.measure";
    /** The file name in the Kamelets' filter graphs; FFmpeg runs in the workspace. */
    static final String REPORT = "loudness.txt";

    private static final String TARGET = "loudness.target";
    private static final String MEASURED = "loudness.measured";
    private static final String KEEP = "keep";
    private static final String R128 = "ebu-r128";
    private static final String R128_KEY = "lavfi.r128.";
    /** BS.1770's gate hears nothing below this, LUFS. */
    private static final double SILENT = -69.9;
    /** A peak below this stays below full scale after encoding, dBTP. */
    private static final double CEILING = -1.5;

    Loudness() {}

    /** Returns the values for commands that leave the sound as it is, and for the one that measures. */
    public static Map<String, Object> untouched() {
        return values(false, 0, false);
    }

    /**
     * Tells whether there is something to measure.
     *
     * @param options {@code loudness, loudnessTarget}
     */
    public static boolean plan(Exchange exchange, Options options, MeasuredSound sound) {
        exchange.setProperty(TARGET, target(options));
        boolean wanted = options.oneOf("loudness", List.of(KEEP, R128)).equals(R128);
        boolean measure = wanted && sound.present();
        exchange.setProperty(MEASURE, measure);
        exchange.removeProperty(MEASURED);
        return measure;
    }

    /** LUFS. */
    private static double target(Options options) {
        return Double.parseDouble(
                options.matching("loudnessTarget", "-([5-9]|[1-6]\\d)(\\.\\d)?", "a number of LUFS from -69.9 to -5"));
    }

    /** Reads the measurement into the values of the next run. Silence stays unchanged. */
    public void read(Exchange exchange) {
        Map<String, Double> last = last(StepContext.of(exchange).workspace().resolve(REPORT));
        double loudness = last.getOrDefault("I", Double.NEGATIVE_INFINITY);
        if (loudness < SILENT) {
            return;
        }
        double peak = Stream.of("true_peaks_ch0", "true_peaks_ch1")
                .mapToDouble(channel -> last.getOrDefault(channel, 0.0))
                .max()
                .orElse(0);
        double gain = exchange.getProperty(TARGET, double.class) - loudness;
        Map<String, Object> values = new HashMap<>(
                exchange.getProperty(FfmpegCall.PROPERTY, FfmpegCall.class).values());
        values.putAll(values(true, gain, 20 * Math.log10(peak) + gain > CEILING));
        exchange.getProperty(FfmpegCall.PROPERTY, FfmpegCall.class).but(values).on(exchange);
        exchange.setProperty(MEASURED, loudness);
    }

    /** Returns the loudness before the change, LUFS; empty if the sound was not changed. */
    public static Optional<Double> changed(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(MEASURED, Double.class));
    }

    /**
     * @param gain dB
     * @param peaks whether some peaks would be too high then
     */
    private static Map<String, Object> values(boolean level, double gain, boolean peaks) {
        return Map.of(
                "level",
                level,
                "gain",
                Math.round(gain * 100) / 100.0,
                "peaks",
                peaks,
                "ceiling",
                Math.round(Math.pow(10, CEILING / 20) * 1000) / 1000.0);
    }

    /** Returns the last value of each key, from lines such as {@code lavfi.r128.I=-23.010}. */
    private static Map<String, Double> last(Path report) {
        Map<String, Double> last = new HashMap<>();
        try {
            PlainFile.lines(report, line -> {
                int equals = line.indexOf('=');
                if (line.startsWith(R128_KEY) && equals > 0) {
                    last.put(
                            line.substring(R128_KEY.length(), equals),
                            ProbeFields.decimal(line.substring(equals + 1), 0));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return last;
    }
}
