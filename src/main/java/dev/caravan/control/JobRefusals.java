package dev.caravan.control;

import dev.caravan.failure.Refusal;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.storage.Archived;

/** Makes the refusals for jobs whose present status forbids an action. */
final class JobRefusals {
    private JobRefusals() {}

    static Refusal ended(Job job, String advice) {
        return new Refusal("JOB_ENDED", "Job %s is %s already".formatted(job.jobId(), job.status()), advice);
    }

    /** Refuses to retry a job that has not ended; a retry needs its end first. */
    static Refusal goesOn(Job job) {
        return job.lease() == null
                ? new Refusal(
                        "JOB_WAITING",
                        "Job %s is in line already%s"
                                .formatted(job.jobId(), job.dueAt() == null ? "" : " and due at " + job.dueAt()),
                        "Wait for its end: GET /api/v1/jobs/%s?wait=60. Priority, time and parameters of a job in line are changed by PATCH."
                                .formatted(job.jobId()))
                : running(job);
    }

    static Refusal running(Job job) {
        return new Refusal(
                "JOB_RUNNING",
                "Job %s is running on %s".formatted(job.jobId(), job.worker()),
                "Wait for its end, or cancel it first: POST /api/v1/jobs/%s/cancel.".formatted(job.jobId()));
    }

    static Refusal completed(Job job) {
        return new Refusal(
                "JOB_NOT_RETRYABLE",
                "Job %s is %s, and nothing of it is left to do".formatted(job.jobId(), JobStatus.COMPLETED),
                "Say from which step on it shall run again: \"from\": \"start\", or the id of a step.");
    }

    static Refusal archived(Archived why) {
        return new Refusal(Archived.CODE, why.message(), why.advice());
    }

    static Refusal assetDeleted(Job job) {
        return new Refusal(
                "ASSET_DELETED",
                "The asset %s of job %s was deleted".formatted(job.assetId(), job.jobId()),
                "Upload the file again; that starts a job of its own.");
    }

    static Refusal unknown(String jobId) {
        return new Refusal(
                "UNKNOWN_JOB", "There is no job with the id " + jobId, "GET /api/v1/jobs lists those that there are.");
    }
}
