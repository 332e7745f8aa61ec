package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;

/** The Java side of probe-media-action: sniffs, plans the ffprobe runs that the Kamelet spells out, reads their answers. */
public final class ProbeMedia {
    private static final String HEADERS = "probe.headers";

    private static final String DOUBTFUL = "probe.doubtful";

    private final Files files;
    private final Sniff sniff = new Sniff();
    private final ProbeReader reader;

    ProbeMedia(Files files, ProbeReader reader) {
        this.files = files;
        this.reader = reader;
    }

    /** Fetches the file, establishes by its bytes what it is, and pins FFmpeg to that. */
    public void sniff(Exchange exchange) {
        Path file = files.fetch(
                exchange.getMessage().getBody(MediaFile.class),
                StepContext.of(exchange).workspace());
        Container container = sniff.container(file);
        FfmpegCall.with(Map.of()).input("source", file, container.demuxer).on(exchange);
    }

    /**
     * Reads the headers into the variable {@code probe}, and says in the property {@code probe.doubtful} whether they leave
     * questions that only a pass over all packets answers.
     */
    public void readHeaders(Exchange exchange) {
        String json = FfmpegResult.of(exchange).output();
        exchange.setProperty(HEADERS, json);
        Probe probe = describe(exchange, json, Packets.NONE);
        exchange.setProperty(DOUBTFUL, doubtful(probe));
    }

    /** Reads what the pass over all packets found, and settles the variable {@code probe}. */
    public void readPackets(Exchange exchange) {
        Packets packets = Packets.parse(FfmpegResult.of(exchange).output());
        describe(exchange, exchange.getProperty(HEADERS, String.class), packets);
    }

    /** A file that seems to have the standard format must prove that it has it throughout. */
    private static boolean doubtful(Probe probe) {
        Probe.Video video = probe.video();
        if (video == null) {
            return probe.duration() == 0;
        }
        return video.frames() == 0
                || video.frameRate() == 0
                || video.duration() == 0
                || StandardFormat.looksStandard(probe);
    }

    private Probe describe(Exchange exchange, String json, Packets packets) {
        FfmpegCall call = exchange.getProperty(FfmpegCall.PROPERTY, FfmpegCall.class);
        String demuxer = call.demuxers().values().iterator().next();
        long size = exchange.getMessage().getBody(MediaFile.class).size();
        Probe probe = reader.read(json, demuxer, size, packets);
        Needs.of(exchange).require(probe);
        probe.on(exchange);
        return probe;
    }
}
