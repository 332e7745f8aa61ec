package dev.caravan.job;

/**
 * The state of a job in the table of transitions. The record's status alone does not tell whether a worker holds the job.
 */
public enum JobState {
    /** There is no record. */
    NONE(null, "There is no record of the job."),
    /** In the ready queue: QUEUED or RETRYING, without a lease. */
    WAITING(
            JobStatus.QUEUED,
            "The job is in the ready queue, due or not. Its status is `QUEUED`, or `RETRYING` after a failed attempt. It has no lease."),
    /** A worker holds the job: PROCESSING, or RETRYING between two attempts. */
    RUNNING(
            JobStatus.PROCESSING,
            "A worker holds the job by a lease. Its status is `PROCESSING`, or `RETRYING` between two attempts in place. It is not in the ready queue."),
    COMPLETED(JobStatus.COMPLETED, "All steps are done."),
    FAILED(JobStatus.FAILED, "The job is a dead letter: out of attempts, or failed for good."),
    /** A dead letter that expires. */
    EXPIRING(null, "The job is a dead letter that DynamoDB removes after `expires_at`. It is not counted any more."),
    CANCELLED(JobStatus.CANCELLED, "The job was cancelled.");

    private final JobStatus counted;
    private final String description;

    JobState(JobStatus counted, String description) {
        this.counted = counted;
        this.description = description;
    }

    public static JobState of(Job job) {
        return switch (job.status()) {
            case QUEUED, PROCESSING, RETRYING -> job.lease() == null ? WAITING : RUNNING;
            case COMPLETED -> COMPLETED;
            case FAILED -> job.expiresAt() == null ? FAILED : EXPIRING;
            case CANCELLED -> CANCELLED;
        };
    }

    /** The status under which the counters know such a job; null where they do not count it. */
    JobStatus counted() {
        return counted;
    }

    /** One or two sentences for {@code docs/job-states.md}. */
    public String description() {
        return description;
    }
}
