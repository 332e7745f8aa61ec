package dev.caravan.job;

/**
 * The number of job records of one kind. A job that is retried leaves the count of its end and is open again.
 *
 * @param open wait or run
 */
public record JobCount(long open, long completed, long failed, long cancelled) {
    public static final JobCount NONE = new JobCount(0, 0, 0, 0);

    public JobCount and(JobCount more) {
        return new JobCount(
                open + more.open, completed + more.completed, failed + more.failed, cancelled + more.cancelled);
    }

    public long total() {
        return open + completed + failed + cancelled;
    }

    /** Counts {@code jobs} jobs that have the status {@code status}. */
    static JobCount of(JobStatus status, long jobs) {
        return switch (status) {
            case QUEUED, PROCESSING, RETRYING -> new JobCount(jobs, 0, 0, 0);
            case COMPLETED -> new JobCount(0, jobs, 0, 0);
            case FAILED -> new JobCount(0, 0, jobs, 0);
            case CANCELLED -> new JobCount(0, 0, 0, jobs);
        };
    }
}
