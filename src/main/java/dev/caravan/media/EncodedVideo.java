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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * Does what follows the encoding in every step that encodes: measures how much of the source was lost, checks the file,
 * and stores it in S3. A Kamelet calls {@link #judge}, {@link #planCheck}, ffprobe, and a bean that calls
 * {@link #finish}.
 */
public final class EncodedVideo {
    private static final String DAMAGE = "encoded.damage";
    private static final String DECODED = "encoded.frames";
    private static final String CONTAINER = "mov";
    private static final String EXTENSION = "mp4";
    private static final String TYPE = "video/mp4";

    private final Files files;
    private final ProbeReader reader;
    private final double minIntact;

    /** @param minIntact the part of the picture that must be readable, 0 to 1 */
    EncodedVideo(Files files, ProbeReader reader, double minIntact) {
        this.files = files;
        this.reader = reader;
        this.minIntact = minIntact;
    }

    /** Returns the file in the workspace that the running step encodes to. */
    public static Path local(Exchange exchange) {
        return StepOutput.local(StepContext.of(exchange), EXTENSION);
    }

    /**
     * Measures and reports the loss, after encoding.
     *
     * @throws StepException permanent {@code MEDIA_MOSTLY_UNREADABLE}
     */
    public void judge(Exchange exchange) {
        Damage damage = damage(exchange);
        damage.refuseBelow(minIntact, FfmpegResult.of(exchange).stderrTail());
        if (damage.none()) {
            EarlyEnd.warn(StepContext.of(exchange), Probe.of(exchange), MeasuredSound.of(exchange));
        }
        PictureChanges.warn(exchange, 0);
    }

    /** Returns what the last run lost. */
    Damage damage(Exchange exchange) {
        Probe source = Probe.of(exchange);
        FfmpegResult result = FfmpegResult.of(exchange);
        Damage damage = Damage.of(source, result);
        exchange.setProperty(DAMAGE, damage);
        exchange.setProperty(DECODED, result.input(source.video().stream()).frames());
        return damage;
    }

    /** Prepares the ffprobe run over the written file. */
    public void planCheck(Exchange exchange) {
        OutputCheck.requireComplete(local(exchange));
        FfmpegCall.with(Map.of()).input("source", local(exchange), CONTAINER).on(exchange);
    }

    /**
     * Compares the written file with what was promised, stores it, and makes it the job's current file.
     *
     * @return what publish-action and clients need to know of it
     * @throws StepException transient {@code OUTPUT_INVALID}, permanent {@code MEDIA_MOSTLY_UNREADABLE}
     */
    public Map<String, Object> finish(Exchange exchange, OutputSpec outputSpec) {
        return kept(exchange, verify(exchange, outputSpec));
    }

    /**
     * Does the same for a copy into another container: it must show what the source shows, for as long.
     *
     * @throws StepException transient {@code OUTPUT_INVALID}, permanent {@code MEDIA_MOSTLY_UNREADABLE}
     */
    public Map<String, Object> finishCopy(Exchange exchange) {
        Probe source = Probe.of(exchange);
        OutputSpec outputSpec =
                new OutputSpec(source.video().width(), source.video().height(), "", 0);
        return kept(
                exchange,
                verify(
                        exchange,
                        (written, damage) -> new OutputCheck(outputSpec, 0).verifyCopy(source, written, damage),
                        damage -> damage.warning().map(List::of).orElse(List.of())));
    }

    /**
     * Does the same for a file that is stored as a derivative of that type besides the job's current one; the summary
     * lists it.
     */
    public Map<String, Object> finish(Exchange exchange, OutputSpec outputSpec, String type) {
        Finished finished = verify(exchange, outputSpec);
        Made made = StepOutput.made(files, StepContext.of(exchange), local(exchange), type, EXTENSION, TYPE)
                .sized(outputSpec.width(), outputSpec.height())
                .lasting(finished.written().duration());
        Map<String, Object> summary = finished.summary();
        summary.put(Made.FILES, List.of(Json.toMap(made)));
        return summary;
    }

    private Map<String, Object> kept(Exchange exchange, Finished finished) {
        MediaFile original = exchange.getMessage().getBody(MediaFile.class);
        exchange.getMessage()
                .setBody(StepOutput.store(
                        files, StepContext.of(exchange), local(exchange), EXTENSION, TYPE, original.filename()));
        return finished.summary();
    }

    private Finished verify(Exchange exchange, OutputSpec outputSpec) {
        Probe source = Probe.of(exchange);
        long decoded = exchange.getProperty(DECODED, 0L, long.class);
        return verify(
                exchange,
                (written, damage) -> new OutputCheck(outputSpec, decoded).verify(source, written, damage),
                damage -> notes(source, MeasuredSound.of(exchange), damage));
    }

    private Finished verify(Exchange exchange, BiConsumer<Probe, Damage> check, Function<Damage, List<String>> notes) {
        Probe source = Probe.of(exchange);
        long size = StepOutput.size(local(exchange));
        Probe written = reader.read(FfmpegResult.of(exchange).output(), CONTAINER, size, Packets.NONE);
        Damage damage = exchange.getProperty(DAMAGE, Damage.class).with(source, written);
        damage.refuseBelow(minIntact, "");
        check.accept(written, damage);
        damage.warning().ifPresent(lost -> StepContext.of(exchange).warn("PARTLY_DAMAGED", lost));
        return new Finished(written, summary(written, notes.apply(damage)));
    }

    private record Finished(Probe written, Map<String, Object> summary) {}

    private static List<String> notes(Probe source, MeasuredSound sound, Damage damage) {
        List<String> notes = new ArrayList<>();
        if (!sound.present()) {
            String why =
                    source.audio() == null ? "The source has no sound" : "The sound of the source cannot be decoded";
            notes.add(why + ": a silent track was added");
        }
        if (!source.video().hdr().equals("none")) {
            notes.add("The source is HDR: it was converted to standard range");
        }
        damage.warning().ifPresent(notes::add);
        return notes;
    }

    private static Map<String, Object> summary(Probe written, List<String> notes) {
        return new HashMap<>(Map.of(
                "width", written.video().width(),
                "height", written.video().height(),
                "frame_rate", written.video().frameRate(),
                "duration", written.duration(),
                "size", written.size(),
                "video_codec", written.video().codec(),
                "audio_codec",
                        Optional.ofNullable(written.audio())
                                .map(Probe.Audio::codec)
                                .orElse("none"),
                "notes", notes));
    }
}
