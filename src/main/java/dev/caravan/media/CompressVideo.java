package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.util.Map;
import org.apache.camel.Exchange;

/** The Java side of compress-video-action: plans the run that the Kamelet spells out, and reports what it wrote. */
public final class CompressVideo {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "compress.options";

    private final Files files;
    private final EncodedVideo encoded;

    CompressVideo(Files files, EncodedVideo encoded) {
        this.files = files;
        this.encoded = encoded;
    }

    /** Prepares the run that encodes. */
    public void plan(Exchange exchange) {
        Options options = options(exchange);
        Probe probe = Probe.of(exchange);
        SparseMedia.refuse(probe);
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        MeasuredSound sound = MeasuredSound.of(exchange);
        FfmpegCall call = FfmpegCall.with(FittedVideo.of(options, probe).values(sound))
                .input("source", files.fetch(source, StepContext.of(exchange).workspace()), probe.container())
                .output("output", EncodedVideo.local(exchange))
                .lasting(probe.duration());
        sound.into(call).on(exchange);
    }

    /** Reports what was written, after {@link EncodedVideo} has checked it, and leaves the variable {@code compress}. */
    public void finish(Exchange exchange) {
        Options options = options(exchange);
        OutputSpec outputSpec = FittedVideo.of(options, Probe.of(exchange)).promise();
        String resolution = options.text("resolution");
        Map<String, Object> summary = encoded.finish(exchange, outputSpec, "compressed-video-" + resolution);
        summary.put("resolution", resolution);
        exchange.setVariable("compress", summary);
    }

    private static Options options(Exchange exchange) {
        return Options.of(exchange, OPTIONS);
    }
}
