package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.job.StepContext;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The Java side of standardize-video-action: plans the runs that the Kamelet spells out, and judges what came out. */
public final class Standardize {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "standardize.options";

    /** Exchange property: true while the input may be copied as it is. */
    static final String COPY = "standardize.copy";

    private static final String DAMAGE = "standardize.damage";
    private static final String CONTAINER = "mov";

    private final Files files;
    private final ProbeReader reader;
    private final boolean remux;
    private final double minIntact;

    /**
     * @param remux false to encode even what has the format already
     * @param minIntact the part of the picture that must be readable, 0 to 1
     */
    Standardize(Files files, ProbeReader reader, boolean remux, double minIntact) {
        this.files = files;
        this.reader = reader;
        this.remux = remux;
        this.minIntact = minIntact;
    }

    /** Prepares the run that writes the standard video. A second attempt encodes even what could be copied. */
    public void plan(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        Probe probe = Probe.of(exchange);
        StandardFormat format = format(exchange);
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        exchange.setProperty(COPY, remux && step.attempt() == 1 && format.isThatOf(probe));
        FfmpegCall.with(StandardValues.of(probe, format))
                .input("source", files.fetch(source, step.workspace()), probe.container())
                .output("output", StepOutput.local(step, "mp4"))
                .lasting(probe.duration())
                .on(exchange);
    }

    /** After copying: what is not whole is encoded after all, so that its damage is not handed on. */
    public void judgeCopy(Exchange exchange) {
        Damage damage = Damage.of(Probe.of(exchange), FfmpegResult.of(exchange));
        exchange.setProperty(COPY, damage.none());
        exchange.setProperty(DAMAGE, damage);
    }

    /** After encoding: refuses what mostly failed. */
    public void judgeEncoding(Exchange exchange) {
        FfmpegResult result = FfmpegResult.of(exchange);
        Damage damage = Damage.of(Probe.of(exchange), result);
        damage.refuseBelow(minIntact, result.stderrTail());
        exchange.setProperty(DAMAGE, damage);
    }

    /** Prepares the ffprobe run over what was written. */
    public void planCheck(Exchange exchange) {
        OutputCheck.requireComplete(local(exchange));
        FfmpegCall.with(Map.of()).input("source", local(exchange), CONTAINER).on(exchange);
    }

    /** Compares what came out with what was promised, stores it, and makes it the job's current file. */
    public void finish(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        Path output = local(exchange);
        Probe source = Probe.of(exchange);
        Probe written =
                reader.read(FfmpegResult.of(exchange).output(), CONTAINER, StepOutput.size(output), Packets.NONE);
        Damage damage = exchange.getProperty(DAMAGE, Damage.class).with(source, written);
        damage.refuseBelow(minIntact, "");
        new OutputCheck(format(exchange)).verify(source, written, damage);
        MediaFile original = exchange.getMessage().getBody(MediaFile.class);
        exchange.getMessage().setBody(StepOutput.store(files, step, output, "mp4", "video/mp4", original.filename()));
        boolean copied = exchange.getProperty(COPY, boolean.class);
        exchange.setVariable("convert", summary(written, copied, notes(source, damage)));
        damage.warning().ifPresent(lost -> step.warn("PARTLY_DAMAGED", lost));
    }

    private static List<String> notes(Probe source, Damage damage) {
        List<String> notes = new ArrayList<>();
        if (source.audio() == null) {
            notes.add("The source has no sound: a silent track was added");
        }
        if (!source.video().hdr().equals("none")) {
            notes.add("The source is HDR: it was converted to standard range");
        }
        damage.warning().ifPresent(notes::add);
        return notes;
    }

    private static Map<String, Object> summary(Probe written, boolean copied, List<String> notes) {
        return Map.of(
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
                "remuxed", copied,
                "notes", notes);
    }

    private static StandardFormat format(Exchange exchange) {
        return StandardFormat.of(Options.parse(exchange.getProperty(OPTIONS, String.class)));
    }

    private static Path local(Exchange exchange) {
        return StepOutput.local(StepContext.of(exchange), "mp4");
    }
}
