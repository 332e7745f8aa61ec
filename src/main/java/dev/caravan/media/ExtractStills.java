package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The Java side of extract-stills-action: tells the runs that the Kamelet spells out where to look for a frame, and
 * reports the result. The first run seeks to the poster's time and also takes the first frame; if no frame follows that
 * time, a second run looks for a poster before it.
 */
public final class ExtractStills {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "stills.options";

    /** Exchange property: true while there is no poster. */
    static final String MISSING = "stills.missing";

    private static final String SEEK = "stills.seek";

    private final Files files;

    ExtractStills(Files files) {
        this.files = files;
    }

    /** Prepares the run for both stills. */
    public void plan(Exchange exchange) {
        Stills stills = stills(exchange);
        seek(exchange, stills, Stills.Seek.to(stills.time(), Probe.of(exchange)), true);
    }

    /** Looks for the poster after a run. */
    public void look(Exchange exchange) {
        exchange.setProperty(MISSING, poster(exchange).times().isEmpty());
    }

    /** Prepares a run for the last frame before the requested time: nothing after it can be decoded. */
    public void planBefore(Exchange exchange) {
        Stills stills = stills(exchange);
        seek(exchange, stills, Stills.Seek.before(stills.time()), false);
    }

    /**
     * Stores both stills, and leaves the variable {@code stills}.
     *
     * @throws StepException permanent {@code MEDIA_UNREADABLE} when no frame could be decoded, transient
     *     {@code OUTPUT_INVALID}
     */
    public void finish(Exchange exchange) {
        List<Double> first = thumbnail(exchange).times();
        List<Double> poster = poster(exchange).times();
        if (first.isEmpty() || poster.isEmpty()) {
            throw UnreadableTracks.because("No frame of the picture could be decoded", exchange);
        }
        Stills stills = stills(exchange);
        double posterTime = exchange.getProperty(SEEK, Stills.Seek.class).time(poster);
        exchange.setVariable(
                "stills",
                Map.of(
                        "asked_time",
                        stills.asked(),
                        Made.FILES,
                        List.of(
                                poster(exchange).store(files, stills.poster(), posterTime),
                                thumbnail(exchange).store(files, stills.thumbnail(), first.get(0)))));
    }

    private void seek(Exchange exchange, Stills stills, Stills.Seek seek, boolean both) {
        StepContext step = StepContext.of(exchange);
        Probe probe = Probe.of(exchange);
        Map<String, Object> values = stills.values();
        values.putAll(seek.values());
        values.putAll(SourceValues.of(probe));
        values.put("both", both);
        exchange.setProperty(SEEK, seek);
        FfmpegCall call = FfmpegCall.with(values)
                .input(
                        "source",
                        files.fetch(exchange.getMessage().getBody(MediaFile.class), step.workspace()),
                        probe.container())
                .output("poster", poster(exchange).local())
                .output("poster_times", poster(exchange).log());
        (both
                        ? call.output("thumbnail", thumbnail(exchange).local())
                                .output("times", thumbnail(exchange).log())
                        : call)
                .on(exchange);
    }

    private static StillFile poster(Exchange exchange) {
        return StillFile.of(exchange, "poster");
    }

    private static StillFile thumbnail(Exchange exchange) {
        return StillFile.of(exchange, "thumbnail");
    }

    private static Stills stills(Exchange exchange) {
        return Stills.of(Options.of(exchange, OPTIONS), Probe.of(exchange).video());
    }
}
