package dev.caravan.durable;

import dev.caravan.work.RunningJob;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Writes to the journal that must not be lost to a short outage: a checkpoint may stand for an hour of encoding. Tried
 * again until the store answers; only an answer or the end of the run ends it. The place stays taken meanwhile, so the
 * worker claims nothing that it could not record.
 */
final class RetryUntilStored {
    private static final Logger LOG = LoggerFactory.getLogger(RetryUntilStored.class);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private RetryUntilStored() {}

    static void on(RunningJob run, Runnable write) {
        for (long pause = 200; ; pause = Math.min(2 * pause, MAX_PAUSE.toMillis())) {
            try {
                write.run();
                return;
            } catch (SdkException e) {
                if (run.aborted() || refused(e)) {
                    throw e;
                }
                LOG.warn("job {}: journal not written, trying again in {} ms: {}", run.jobId(), pause, e.getMessage());
                sleep(pause, e);
            }
        }
    }

    /** An answer that a repetition would not change. */
    private static boolean refused(SdkException e) {
        return e instanceof AwsServiceException answer
                && answer.statusCode() < 500
                && !answer.isThrottlingException()
                && !answer.retryable();
    }

    private static void sleep(long millis, SdkException cause) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
