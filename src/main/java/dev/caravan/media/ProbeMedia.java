package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.format.Container;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The Java side of probe-media-action: sniffs, plans the ffprobe runs that the Kamelet spells out, and reads their
 * output.
 */
public final class ProbeMedia {
    private static final String HEADERS = "probe.headers";

    private static final String DOUBTFUL = "probe.doubtful";
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    private static final String OPTIONS = "probe.options";

    private static final List<String> FLAG = List.of("true", "false");
    private static final double HOUR = 3600;

    private final Files files;
    private final Sniffer sniffer = new Sniffer();
    private final ProbeReader reader;
    private final double longest;

    /** @param longest a longer file is refused */
    ProbeMedia(Files files, ProbeReader reader, Duration longest) {
        this.files = files;
        this.reader = reader;
        this.longest = longest.toMillis() / 1e3;
    }

    /** Fetches the file, determines its kind by its bytes, and pins FFmpeg to that. */
    public void sniff(Exchange exchange) {
        Path file = files.fetch(
                exchange.getMessage().getBody(MediaFile.class),
                StepContext.of(exchange).workspace());
        Container container = sniffer.container(file);
        FfmpegCall.with(Map.of()).input("source", file, container.demuxer()).on(exchange);
    }

    /**
     * Reads the headers into the variable {@code probe}, and sets the property {@code probe.doubtful} to tell whether
     * they leave questions that only a pass over all packets answers.
     */
    public void readHeaders(Exchange exchange) {
        String json = FfmpegResult.of(exchange).output();
        exchange.setProperty(HEADERS, json);
        Probe probe = describe(exchange, json, Packets.NONE);
        boolean doubtful =
                probe.duration() > longest || doubtful(probe) || reader.countsNothing(json, probe.container());
        exchange.setProperty(DOUBTFUL, doubtful);
        if (!doubtful || !wants(exchange, "thorough")) {
            settle(exchange);
        }
    }

    /**
     * Reads the result of the pass over all packets, and completes the variable {@code probe}.
     *
     * @throws StepException permanent {@code MEDIA_TOO_LONG}
     */
    public void readPackets(Exchange exchange) {
        Packets packets = Packets.parse(
                FfmpegResult.of(exchange).output(),
                Container.readBy(demuxer(exchange)).timeMayBreak());
        Probe probe = describe(exchange, exchange.getProperty(HEADERS, String.class), packets);
        if (probe.duration() > longest) {
            throw StepException.permanent(
                    "MEDIA_TOO_LONG",
                    "It lasts %.1f hours by its time stamps; at most %.1f are taken"
                            .formatted(probe.duration() / HOUR, longest / HOUR),
                    "Cut it into parts, or raise caravan.ffmpeg.max-duration. Where it is shorter, its time stamps are"
                            + " broken: convert it first.");
        }
        settle(exchange);
    }

    /** Warns the job's owner at the end of probing. A quick look leaves tracks to other steps. */
    private static void settle(Exchange exchange) {
        if (wants(exchange, "whole")) {
            Probe probe = Probe.of(exchange);
            FileEnd.missing(source(exchange), Container.readBy(probe.container()))
                    .ifPresent(end -> StepContext.of(exchange).warn("PARTLY_DAMAGED", end.sentence(probe.duration())));
        }
        if (wants(exchange, "thorough")) {
            LeftOutTracks.warning(Probe.of(exchange))
                    .ifPresent(text -> StepContext.of(exchange).warn("TRACKS_LEFT_OUT", text));
        }
    }

    /**
     * A file that seems to have the standard format must prove that it has it throughout; the tags of Matroska may be
     * those of another file that it was cut from. Files of sound alone have few packets, and their headers guess: MP3
     * without an index, Ogg streams one after the other.
     */
    private static boolean doubtful(Probe probe) {
        Probe.Video video = probe.video();
        if (video == null) {
            return true;
        }
        return probe.container().equals("matroska")
                || video.frames() == 0
                || video.frameRate() == 0
                || video.duration() == 0
                || FileTimes.sparse(video.frames(), video.duration())
                || StandardFormat.looksStandard(probe)
                || soundGoesOn(probe);
    }

    /** The last picture is held for that long: it must not be a mistake in the header. */
    private static boolean soundGoesOn(Probe probe) {
        return probe.audio() != null && probe.audio().end() - probe.video().end() > FileTimes.MAX_STAND;
    }

    private static String demuxer(Exchange exchange) {
        FfmpegCall call = exchange.getProperty(FfmpegCall.PROPERTY, FfmpegCall.class);
        return call.demuxers().values().iterator().next();
    }

    private static boolean wants(Exchange exchange, String flag) {
        return Boolean.parseBoolean(Options.of(exchange, OPTIONS).oneOf(flag, FLAG));
    }

    private static Path source(Exchange exchange) {
        return exchange.getProperty(FfmpegCall.PROPERTY, FfmpegCall.class)
                .demuxers()
                .keySet()
                .iterator()
                .next();
    }

    private Probe describe(Exchange exchange, String json, Packets packets) {
        long size = exchange.getMessage().getBody(MediaFile.class).size();
        Probe probe = reader.read(json, demuxer(exchange), size, packets);
        RequiredStreams.of(Options.of(exchange, OPTIONS)).require(probe);
        probe.on(exchange);
        return probe;
    }
}
