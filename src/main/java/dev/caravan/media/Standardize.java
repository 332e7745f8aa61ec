package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The Java side of standardize-video-action: plans the runs that the Kamelet spells out, and reports the result. */
public final class Standardize {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "standardize.options";

    /** Exchange property: true while the input may be copied as it is. */
    static final String COPY = "standardize.copy";

    private final Files files;
    private final EncodedVideo encoded;
    private final boolean remux;

    /** @param remux false to encode even a file that has the format already */
    Standardize(Files files, EncodedVideo encoded, boolean remux) {
        this.files = files;
        this.encoded = encoded;
        this.remux = remux;
    }

    /** Prepares the run that writes the standard video. A second attempt encodes even what could be copied. */
    public void plan(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        Probe probe = Probe.of(exchange);
        SparseMedia.refuse(probe);
        StandardFormat format = format(exchange);
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        MeasuredSound sound = MeasuredSound.of(exchange);
        boolean level = Loudness.plan(exchange, Options.of(exchange, OPTIONS), sound);
        exchange.setProperty(COPY, remux && !level && sound.isEven() && step.attempt() == 1 && format.isThatOf(probe));
        Optional<StillsBeside> stills = stills(exchange);
        Map<String, Object> values = StandardValues.of(probe, sound, format);
        values.put("stills", stills.isPresent());
        values.putAll(stills.map(StillsBeside::values).orElse(Map.of()));
        FfmpegCall call = sound.into(FfmpegCall.with(values)
                .input("source", files.fetch(source, step.workspace()), probe.container())
                .output("output", EncodedVideo.local(exchange))
                .lasting(probe.duration()));
        stills.map(wanted -> StillsBeside.outputs(call, exchange)).orElse(call).on(exchange);
    }

    /**
     * Judges a copy: a file that is not whole, or changes on the way, is encoded after all, so that its faults are not
     * passed on.
     */
    public void judgeCopy(Exchange exchange) {
        exchange.setProperty(COPY, encoded.damage(exchange).none() && !PictureChanges.seen(exchange));
    }

    /** Reports what was written, after {@link EncodedVideo} has checked it. */
    public void finish(Exchange exchange) {
        Map<String, Object> summary = encoded.finish(exchange, format(exchange).promise());
        Loudness.changed(exchange).ifPresent(before -> summary.put("loudness_before", before));
        summary.put("remuxed", exchange.getProperty(COPY, boolean.class));
        stills(exchange)
                .ifPresent(stills ->
                        summary.put(Made.FILES, stills.store(exchange, files, (Double) summary.get("duration"))));
        exchange.setVariable("convert", summary);
    }

    private static Optional<StillsBeside> stills(Exchange exchange) {
        Options options = Options.of(exchange, OPTIONS);
        return StillsBeside.wanted(options)
                ? Optional.of(StillsBeside.of(options, Probe.of(exchange).video()))
                : Optional.empty();
    }

    private static StandardFormat format(Exchange exchange) {
        return StandardFormat.of(Options.of(exchange, OPTIONS));
    }
}
