package dev.caravan.job;

/**
 * The record as a change expects it.
 *
 * @param beat of the lease; 0 without one
 */
record SeenJob(String jobId, long fence, JobStatus status, int priority, long beat) {
    static SeenJob of(Job job) {
        long beat = job.lease() == null ? 0 : job.lease().beat();
        return new SeenJob(job.jobId(), job.fence(), job.status(), job.priority(), beat);
    }

    static SeenJob of(ReadyJob entry) {
        return new SeenJob(entry.jobId(), entry.fence(), null, entry.priority(), 0);
    }

    SeenJob withPriority(int newPriority) {
        return new SeenJob(jobId, fence, status, newPriority, beat);
    }
}
