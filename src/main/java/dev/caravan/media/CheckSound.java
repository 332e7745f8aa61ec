package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.format.Container;
import dev.caravan.media.SoundReport.Stretch;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The Java side of check-sound-action: plans the run that decodes all of the sound, warns of what is odd about it, and
 * plans the run that makes an even copy if other commands would fail on it. Leaves {@link MeasuredSound} for the rest of
 * the step.
 */
public final class CheckSound {
    /** Exchange property: true if there is an audio track. */
    static final String HEARD = "sound.heard";

    /** Exchange property: true if an even copy is needed. */
    static final String UNEVEN = "sound.uneven";

    /**
     * These containers hold nothing but samples in a row; FFmpeg counts their time stamps, wrongly after a change of
     * rate.
     */
    private static final Set<String> WITHOUT_TIMES = Set.of("mp3", "aac", "ac3", "eac3", "flac", "wav", "amr", "dts");

    private final Files files;

    CheckSound(Files files) {
        this.files = files;
    }

    /** Prepares the run that decodes the sound. */
    public void plan(Exchange exchange) {
        Probe probe = Probe.of(exchange);
        exchange.setProperty(HEARD, probe.audio() != null);
        exchange.setProperty(UNEVEN, false);
        MeasuredSound.NONE.on(exchange);
        if (probe.audio() != null) {
            FfmpegCall.with(Map.of("audio", probe.audio().stream()))
                    .input("source", source(exchange), probe.container())
                    .lasting(probe.duration())
                    .asideOfTheStep()
                    .on(exchange);
        }
    }

    /** Warns of what was found, and prepares the run that makes an even copy if that is needed. */
    public void judge(Exchange exchange) {
        Probe probe = Probe.of(exchange);
        FfmpegResult result = FfmpegResult.of(exchange);
        SoundReport report = SoundReport.of(result.filterReports());
        SoundWarnings warnings = new SoundWarnings(StepContext.of(exchange));
        if (report.stretches().isEmpty()) {
            warnings.unreadable(probe.audio());
            return;
        }
        MeasuredSound heard = heard(probe, report, result);
        warnings.about(probe, report, heard, Damage.ofSound(probe, result), isCut(exchange, probe));
        heard.on(exchange);
        if (report.changes() || report.broken() || report.discrete()) {
            planCopy(exchange, report);
        }
    }

    private boolean isCut(Exchange exchange, Probe probe) {
        return FileEnd.missing(source(exchange), Container.readBy(probe.container()))
                .isPresent();
    }

    private Path source(Exchange exchange) {
        return files.fetch(
                exchange.getMessage().getBody(MediaFile.class),
                StepContext.of(exchange).workspace());
    }

    private static MeasuredSound heard(Probe probe, SoundReport report, FfmpegResult result) {
        Stretch first = report.stretches().get(0);
        double end = result.reached().toMillis() / 1e3;
        return new MeasuredSound(
                true, probe.audio().stream(), first.channels(), report.surround(), first.start(), end, null, "");
    }

    /** Plans a copy as PCM in two channels, with its time stamps if the file has some; nothing is limited yet. */
    private void planCopy(Exchange exchange, SoundReport report) {
        Probe probe = Probe.of(exchange);
        boolean timed = probe.video() != null || !WITHOUT_TIMES.contains(probe.container());
        String format = timed ? "nut" : "wav";
        Path even = StepContext.of(exchange).workspace().resolve("even-sound." + format);
        MeasuredSound heard = MeasuredSound.of(exchange);
        new MeasuredSound(true, heard.stream(), 2, heard.surround(), heard.start(), heard.end(), even, format)
                .on(exchange);
        exchange.setProperty(UNEVEN, true);
        FfmpegCall call = exchange.getProperty(FfmpegCall.PROPERTY, FfmpegCall.class)
                .value("broken", report.broken())
                .value("discrete", report.discrete())
                .value("timed", timed);
        new FfmpegCall(call.values(), call.demuxers(), List.of(), call.media())
                .output("even", even)
                .asideOfTheStep()
                .on(exchange);
    }
}
