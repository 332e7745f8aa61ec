package dev.caravan.job;

/**
 * How many job records there are of a kind. A job that is retried leaves the count of its end and is open again.
 *
 * @param open wait or run
 */
public record Counted(long open, long completed, long failed, long cancelled) {
    public static final Counted NONE = new Counted(0, 0, 0, 0);

    public Counted and(Counted more) {
        return new Counted(
                open + more.open, completed + more.completed, failed + more.failed, cancelled + more.cancelled);
    }

    public long total() {
        return open + completed + failed + cancelled;
    }

    /** As many of those that stand at {@code status}. */
    static Counted of(JobStatus status, long jobs) {
        return switch (status) {
            case QUEUED, PROCESSING, RETRYING -> new Counted(jobs, 0, 0, 0);
            case COMPLETED -> new Counted(0, jobs, 0, 0);
            case FAILED -> new Counted(0, 0, jobs, 0);
            case CANCELLED -> new Counted(0, 0, 0, jobs);
        };
    }
}
