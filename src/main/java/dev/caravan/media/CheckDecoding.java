package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** The Java side of check-decoding-action: plans the run that decodes the beginning of a file, and judges it. */
public final class CheckDecoding {
    /** Exchange property: true while no frame of the picture was decoded, so that a longer look is worth its time. */
    static final String UNSEEN = "check.unseen";

    private final Files files;

    CheckDecoding(Files files) {
        this.files = files;
    }

    public void plan(Exchange exchange) {
        Probe probe = Probe.of(exchange);
        StepContext step = StepContext.of(exchange);
        Map<String, Object> values = new HashMap<>();
        values.put("video", probe.video().stream());
        values.put("sound", probe.audio() != null);
        values.put("audio", probe.audio() == null ? 0 : probe.audio().stream());
        MediaFile file = exchange.getMessage().getBody(MediaFile.class);
        FfmpegCall.with(values)
                .input("source", files.fetch(file, step.workspace()), probe.container())
                .on(exchange);
    }

    /** Looks for a decoded frame. A picture may begin late, and a broadcast in the middle of one: that is no damage yet. */
    public void look(Exchange exchange) {
        exchange.setProperty(UNSEEN, frames(exchange) == 0);
    }

    /** @throws StepException permanent {@code MEDIA_UNREADABLE} when no frame of the picture could be decoded */
    public void judge(Exchange exchange) {
        if (frames(exchange) == 0) {
            throw UnreadableTracks.because("No picture could be decoded at the beginning of the file", exchange);
        }
    }

    private static long frames(Exchange exchange) {
        return FfmpegResult.of(exchange)
                .input(Probe.of(exchange).video().stream())
                .frames();
    }
}
