package dev.caravan.media;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegResult;
import org.apache.camel.Exchange;

/** What is said of a file whose picture or sound nothing came of. */
final class UnreadableTracks {
    private UnreadableTracks() {}

    /** Permanent {@code MEDIA_UNREADABLE}, with what FFmpeg wrote. */
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
