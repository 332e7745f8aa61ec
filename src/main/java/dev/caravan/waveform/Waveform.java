package dev.caravan.waveform;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.json.Json;
import dev.caravan.media.MeasuredSound;
import dev.caravan.media.Options;
import dev.caravan.media.Probe;
import dev.caravan.media.StepOutput;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The Java side of draw-waveform-action: plans the run that measures the peaks, and writes data and a drawing from them. */
public final class Waveform {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "waveform.options";

    private static final String SAMPLES = "waveform.samples";
    private static final String DRAWING = "waveform";
    private static final String DATA = "waveform-peaks";
    /** Durations in headers are inexact. */
    private static final double COMPLETE = 0.95;

    private static final double INEXACT_SECONDS = 1;

    private final Files files;

    Waveform(Files files) {
        this.files = files;
    }

    /** @throws StepException skipped {@code NO_AUDIO} for a video without sound */
    public void plan(Exchange exchange) {
        Probe probe = Probe.of(exchange);
        if (probe.audio() == null) {
            boolean unread = probe.leftOut() != null
                    && probe.leftOut().stream().anyMatch(track -> track.type().equals("audio"));
            throw StepException.skipped(
                    "NO_AUDIO", unread ? "No sound of the file can be decoded here" : "The file has no sound to draw");
        }
        MeasuredSound sound = MeasuredSound.of(exchange);
        if (!sound.present()) {
            throw unreadable(FfmpegResult.of(exchange).stderrTail());
        }
        StepContext step = StepContext.of(exchange);
        int rate = probe.audio().sampleRate();
        int samples = format(exchange).samplesPerPixel(probe.duration(), rate);
        Map<String, Object> values = sound.values();
        values.put("rate", rate);
        values.put("samples", samples);
        values.put("peaks", measured(step).getFileName().toString());
        exchange.setProperty(SAMPLES, samples);
        Path source = files.fetch(exchange.getMessage().getBody(MediaFile.class), step.workspace());
        sound.into(new FfmpegCall(values, Map.of(), List.of(measured(step)), Duration.ZERO)
                        .input("source", source, probe.container())
                        .lasting(probe.duration()))
                .on(exchange);
    }

    /** @throws StepException permanent {@code MEDIA_UNREADABLE} if no sample could be decoded */
    public void finish(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        WaveformFormat format = format(exchange);
        Probe probe = Probe.of(exchange);
        Probe.Audio audio = probe.audio();
        Peaks peaks = PeaksReader.read(measured(step), format.points());
        discard(measured(step));
        if (peaks.length() == 0) {
            throw unreadable(FfmpegResult.of(exchange).stderrTail());
        }
        long samples = exchange.getProperty(SAMPLES, int.class) * (long) peaks.merged();
        double seconds = Math.round(1000.0 * peaks.length() * samples / audio.sampleRate()) / 1000.0;
        warnOfDamage(step, audio, seconds);
        new Drawing(peaks, format.width(), format.height(), format.colour()).write(local(step, DRAWING, "svg"));
        new PeaksJson(peaks, audio.sampleRate(), samples, format.bits()).write(local(step, DATA, "json"));
        exchange.setVariable(
                "waveform",
                new HashMap<>(Map.of(
                        Made.FILES,
                        List.of(
                                Json.toMap(made(step, DRAWING, "svg", "image/svg+xml")
                                        .sized(format.width(), format.height())
                                        .lasting(probe.duration())),
                                Json.toMap(made(step, DATA, "json", "application/json")
                                        .lasting(probe.duration()))),
                        "media",
                        heard(exchange, seconds),
                        "samples_per_pixel",
                        samples,
                        "length",
                        peaks.length(),
                        "sample_rate",
                        audio.sampleRate(),
                        "loudest",
                        Math.round(peaks.loudest() * 1000) / 1000.0)));
    }

    /** Returns the facts of the probe, with the length that was decoded. */
    private static Map<String, Object> heard(Exchange exchange, double seconds) {
        Map<String, Object> media = new HashMap<>();
        exchange.getVariable(Probe.VARIABLE, Map.class)
                .forEach((name, value) -> media.put(String.valueOf(name), value));
        media.put("duration", seconds);
        return media;
    }

    private static void warnOfDamage(StepContext step, Probe.Audio audio, double seconds) {
        if (seconds < audio.duration() * COMPLETE && audio.duration() - seconds > INEXACT_SECONDS) {
            step.warn(
                    "PARTLY_DAMAGED",
                    "Of %.1f s of sound, only %.1f s could be read".formatted(audio.duration(), seconds));
        }
    }

    private static StepException unreadable(String stderrTail) {
        return new StepException(new Failure(
                "MEDIA_UNREADABLE",
                FailureKind.PERMANENT,
                null,
                "No sound could be decoded",
                "Check that the file plays, and upload it again.",
                stderrTail));
    }

    private Made made(StepContext step, String type, String extension, String contentType) {
        return StepOutput.made(files, step, local(step, type, extension), type, extension, contentType);
    }

    private static Path local(StepContext step, String type, String extension) {
        return StepOutput.local(step, type, extension);
    }

    private static Path measured(StepContext step) {
        return StepOutput.local(step, "measured", "txt");
    }

    private static void discard(Path file) {
        try {
            java.nio.file.Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WaveformFormat format(Exchange exchange) {
        return WaveformFormat.of(Options.of(exchange, OPTIONS));
    }
}
