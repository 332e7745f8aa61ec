package dev.caravan.upload;

import dev.caravan.failure.StepException;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The bean {@code uploadChecks} of the route check-upload: presents an upload as the file of a job to the Kamelets that
 * check it, a few at a time and each for a short time.
 */
public final class UploadChecks {
    private static final Duration MAX = Duration.ofSeconds(30);
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    /** Exchange property: the format of the subtitles, {@code srt} or {@code vtt}. */
    static final String FORMAT = "upload.subtitles";

    private static final String CHECK = "upload.check";

    private final Files files;
    private final SubtitleCheck subtitles;
    private final ScheduledExecutorService clock;
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    UploadChecks(Files files, SubtitleCheck subtitles, ScheduledExecutorService clock) {
        this.files = files;
        this.subtitles = subtitles;
        this.clock = clock;
    }

    private record Check(CheckStep step, ScheduledFuture<?> end) {}

    /** Checks the subtitles, waits for a place, and puts the video where the Kamelets expect it. */
    public void begin(Exchange exchange) throws InterruptedException {
        ReceivedUpload upload = VideoUploads.received(exchange);
        if (upload.files().containsKey(MultipartForm.SUBTITLES)) {
            ReceivedUpload.ReceivedFile file = upload.files().get(MultipartForm.SUBTITLES);
            exchange.setProperty(FORMAT, subtitles.check(file.path()));
        }
        if (!places.tryAcquire(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)) {
            throw UploadProblems.tooManyUploads();
        }
        CheckStep step = new CheckStep(upload, VideoUploads.OWNER);
        exchange.setProperty(
                CHECK, new Check(step, clock.schedule(step::abort, MAX.toMillis(), TimeUnit.MILLISECONDS)));
        exchange.setProperty(StepContext.PROPERTY, step);
        ReceivedUpload.ReceivedFile video = upload.video();
        MediaFile file = new MediaFile("upload", upload.assetId(), upload.assetId(), video.size(), null, video.label());
        files.offer(file, upload.folder().path(), video.path());
        exchange.getMessage().setBody(file);
    }

    /** Refuses the upload with the reason. */
    public void refuse(Exchange exchange) {
        StepException thrown =
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) instanceof StepException step
                        ? step
                        : StepException.ours("CHECK_FAILED", "The check failed", "Look into the log.", null);
        Check check = exchange.getProperty(CHECK, Check.class);
        if (check != null && check.step().aborted()) {
            throw UploadProblems.of(StepException.permanent(
                    "CHECK_TIMEOUT",
                    "The file could not be examined within " + MAX.toSeconds() + " seconds",
                    "Try again when less is going on; if it happens again, convert the file first."));
        }
        throw UploadProblems.of(thrown);
    }

    /** Makes room for the next check; always called. */
    public void end(Exchange exchange) {
        Check check = (Check) exchange.removeProperty(CHECK);
        if (check != null) {
            check.end().cancel(false);
            exchange.removeProperty(StepContext.PROPERTY);
            places.release();
        }
        Message message = exchange.getMessage();
        message.setBody(VideoUploads.received(exchange));
    }
}
