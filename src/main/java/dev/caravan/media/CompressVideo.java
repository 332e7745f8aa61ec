package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.util.Map;
import org.apache.camel.Exchange;

/** The Java side of compress-video-action: plans the run that the Kamelet spells out, and says what came out. */
public final class CompressVideo {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "compress.options";

    /** Silence goes on for longer than any picture that is a little longer than its header says. Seconds. */
    private static final double LONGER = 60;

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
        Size size = size(options, probe);
        Map<String, Object> values = SourceValues.of(probe);
        values.putAll(Encoder.of(options).values());
        values.put("width", size.width());
        values.put("height", size.height());
        values.put("longest", 2 * probe.duration() + LONGER);
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        FfmpegCall.with(values)
                .input("source", files.fetch(source, StepContext.of(exchange).workspace()), probe.container())
                .output("output", EncodedVideo.local(exchange))
                .lasting(probe.duration())
                .on(exchange);
    }

    /** Says what came out, after {@link EncodedVideo} has looked at it, and leaves the variable {@code compress}. */
    public void finish(Exchange exchange) {
        Options options = options(exchange);
        Size size = size(options, Probe.of(exchange));
        Promise promise =
                new Promise(size.width(), size.height(), Encoder.of(options).written(), 0);
        Map<String, Object> summary = encoded.finish(exchange, promise, "compressed-video");
        summary.put("resolution", options.text("resolution"));
        exchange.setVariable("compress", summary);
    }

    private static Size size(Options options, Probe probe) {
        return Resolution.named(options.oneOf("resolution", Resolution.NAMES))
                .fit(probe.video(), options.flag("allowUpscale"));
    }

    private static Options options(Exchange exchange) {
        return Options.parse(exchange.getProperty(OPTIONS, String.class))
                .with(StepContext.of(exchange).parameters());
    }
}
