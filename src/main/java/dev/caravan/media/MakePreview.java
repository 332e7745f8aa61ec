package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.json.Json;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The Java side of make-preview-action: finds the start of the clip, plans the run that encodes it, and checks the
 * result.
 */
public final class MakePreview {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "preview.options";

    /** The file name in the Kamelet's filter graph; FFmpeg runs in the workspace. */
    private static final String LOG = "preview.frames";

    /** Viewers miss a shorter clip: if the sound continues, the last picture is shown for this long. Seconds. */
    private static final double MIN = 1;

    private static final String START = "preview.start";
    private static final String TYPE = "preview";
    private static final String EXTENSION = "mp4";

    private final Files files;
    private final ProbeReader reader;

    MakePreview(Files files, ProbeReader reader) {
        this.files = files;
        this.reader = reader;
    }

    /** Prepares the run that ends at the first frame that is not black. */
    public void planSearch(Exchange exchange) {
        call(exchange, Map.of(), preview(exchange).search())
                .output("frames", log(exchange))
                .on(exchange);
    }

    /** Prepares the run that encodes; an entirely black beginning is shown as it is. */
    public void planClip(Exchange exchange) {
        Probe probe = Probe.of(exchange);
        double start = FrameTimes.of(log(exchange)).stream()
                .findFirst()
                .orElse(probe.video().start());
        exchange.setProperty(START, Math.max(0, start));
        call(exchange, clip(exchange, start), preview(exchange).length())
                .output("output", local(exchange))
                .on(exchange);
    }

    private static Map<String, Object> clip(Exchange exchange, double start) {
        Probe probe = Probe.of(exchange);
        double from = SeekTarget.before(start, probe);
        double seen = probe.video().end() - start;
        double hold = probe.video().duration() > 0 ? Math.max(0, Math.min(MIN, probe.duration() - start) - seen) : 0;
        Map<String, Object> values = new HashMap<>(Map.of("from", from, "skip", start - from, "hold", hold));
        values.put("shown", Math.min(preview(exchange).length(), Math.max(MIN, probe.duration() - start)));
        values.put("span", preview(exchange).length() + start - from);
        if (hold > 0) {
            values.put("fast", true);
        }
        return values;
    }

    /**
     * Prepares the ffprobe run over the written file.
     *
     * @throws StepException permanent {@code MEDIA_UNREADABLE}, transient {@code OUTPUT_INVALID}
     */
    public void planCheck(Exchange exchange) {
        FfmpegResult result = FfmpegResult.of(exchange);
        if (result.input(Probe.of(exchange).video().stream()).frames() == 0) {
            throw UnreadableTracks.because("No frame of the picture could be decoded", exchange);
        }
        PictureChanges.warn(exchange, exchange.getProperty(START, double.class));
        OutputCheck.requireComplete(local(exchange));
        FfmpegCall.with(Map.of()).input("source", local(exchange), "mov").on(exchange);
    }

    /**
     * Stores the clip, and leaves the variable {@code preview}.
     *
     * @throws StepException transient {@code OUTPUT_INVALID}
     */
    public void finish(Exchange exchange) {
        Path local = local(exchange);
        Preview preview = preview(exchange);
        double start = exchange.getProperty(START, double.class);
        Probe clip = reader.read(FfmpegResult.of(exchange).output(), "mov", StepOutput.size(local), Packets.NONE);
        new ClipCheck(preview.size(), preview.length()).verify(clip);
        Made made = StepOutput.made(files, StepContext.of(exchange), local, TYPE, EXTENSION, "video/mp4")
                .sized(preview.size().width(), preview.size().height())
                .lasting(clip.duration())
                .takenAt(Math.round(start * 1000) / 1000.0);
        exchange.setVariable(
                TYPE, Map.of("frame_rate", clip.video().frameRate(), Made.FILES, List.of(Json.toMap(made))));
    }

    private FfmpegCall call(Exchange exchange, Map<String, Object> more, double seconds) {
        Probe probe = Probe.of(exchange);
        Map<String, Object> values = preview(exchange).values(probe.video());
        values.putAll(SourceValues.of(probe));
        values.putAll(more);
        return FfmpegCall.with(values)
                .input(
                        "source",
                        files.fetch(
                                exchange.getMessage().getBody(MediaFile.class),
                                StepContext.of(exchange).workspace()),
                        probe.container())
                .lasting(seconds);
    }

    private static Path local(Exchange exchange) {
        return StepOutput.local(StepContext.of(exchange), TYPE, EXTENSION);
    }

    private static Path log(Exchange exchange) {
        return StepContext.of(exchange).workspace().resolve(LOG);
    }

    private static Preview preview(Exchange exchange) {
        return Preview.of(Options.of(exchange, OPTIONS), Probe.of(exchange).video());
    }
}
