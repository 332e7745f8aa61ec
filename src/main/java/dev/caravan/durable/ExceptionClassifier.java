package dev.caravan.durable;

import dev.caravan.failure.ExceptionText;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.FullDisk;
import dev.caravan.failure.StepException;
import dev.caravan.work.RunningJob;
import java.nio.file.FileSystemException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.util.ObjectHelper;
import software.amazon.awssdk.core.exception.SdkException;

/** Decides what kind of failure an exception is. Steps say it by {@link StepException}; the rest is read off its type. */
final class ExceptionClassifier {
    private ExceptionClassifier() {}

    static Failure of(Throwable thrown, RunningJob run) {
        if (run.aborted()) {
            return run.abortReason() == RunningJob.AbortReason.STOPPING ? stopping(run) : fenced(run);
        }
        StepException said = ObjectHelper.getException(StepException.class, thrown);
        if (said != null) {
            return said.failure().at(run.step());
        }
        if (FullDisk.behind(thrown)) {
            return new Failure(
                    "DISK_FULL",
                    FailureKind.OURS,
                    run.step(),
                    "The disk is full: " + withoutFolder(ExceptionText.of(thrown), run),
                    "Free space; the job goes on by itself.",
                    null);
        }
        SdkException store = ObjectHelper.getException(SdkException.class, thrown);
        if (store != null) {
            return new Failure(
                    "STORE_UNAVAILABLE",
                    FailureKind.OURS,
                    run.step(),
                    "A store did not answer: " + store.getMessage(),
                    "Check S3, DynamoDB and SQS; the job goes on by itself.",
                    null);
        }
        if (thrown instanceof RejectedExecutionException) {
            return stopping(run);
        }
        return new Failure(
                "STEP_FAILED",
                FailureKind.TRANSIENT,
                run.step(),
                withoutFolder(unexpected(thrown), run),
                "Look for this job's id in the worker's log.",
                null);
    }

    /** Clients read it, and need not know where this machine keeps its files. */
    private static String withoutFolder(String message, RunningJob run) {
        return message == null
                ? null
                : message.replace(run.workspace() + "/", "")
                        .replace(run.workspace().toString(), ".");
    }

    /** A message of a file says what was refused; others come with the kind of the exception. */
    private static String unexpected(Throwable thrown) {
        return thrown instanceof FileSystemException || thrown.getMessage() == null
                ? ExceptionText.of(thrown)
                : thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    }

    private static Failure fenced(RunningJob run) {
        return StepException.fenced("Job %s went into other hands".formatted(run.jobId()))
                .failure()
                .at(run.step());
    }

    private static Failure stopping(RunningJob run) {
        return new Failure(
                "WORKER_STOPPING",
                FailureKind.OURS,
                run.step(),
                "The worker is stopping",
                "Nothing: the job goes on elsewhere or at the next start.",
                null);
    }
}
