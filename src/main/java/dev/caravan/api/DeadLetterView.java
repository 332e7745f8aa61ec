package dev.caravan.api;

import dev.caravan.failure.Failure;
import dev.caravan.job.Job;
import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter as lists show it.
 *
 * @param attempts runs of the step that failed
 * @param retried times that it was put back into the queue before
 * @param error the cause, with the end of the output of the child process
 * @param expiresAt when it may be removed; null while it is kept
 */
record DeadLetterView(
        String jobId,
        String pipeline,
        String assetId,
        String owner,
        String filename,
        String step,
        int attempts,
        int retried,
        Failure error,
        int priority,
        String createdAt,
        String finishedAt,
        String expiresAt) {

    static DeadLetterView of(Job job) {
        return new DeadLetterView(
                job.jobId(),
                job.pipeline(),
                job.assetId(),
                job.owner(),
                job.source() == null ? null : job.source().filename(),
                job.error() == null ? null : job.error().step(),
                JobViews.attempts(job),
                job.retried(),
                job.error(),
                job.priority(),
                job.createdAt(),
                job.finishedAt(),
                Optional.ofNullable(job.expiresAt())
                        .map(seconds -> Instant.ofEpochSecond(seconds).toString())
                        .orElse(null));
    }
}
