package dev.caravan.media;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegResult;
import org.apache.camel.Exchange;

/** Creates the failure of a file whose picture or sound could not be decoded. */
final class UnreadableTracks {
    private UnreadableTracks() {}

    /** Returns a permanent {@code MEDIA_UNREADABLE}, with FFmpeg's output. */
    static StepException because(String message, Exchange exchange) {
        return new StepException(new Failure(
                "MEDIA_UNREADABLE",
                FailureKind.PERMANENT,
                null,
                message,
                "Check that the file plays, and upload it again.",
                FfmpegResult.of(exchange).stderrTail()));
    }
}
