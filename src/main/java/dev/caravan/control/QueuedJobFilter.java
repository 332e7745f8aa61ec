package dev.caravan.control;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import java.util.List;

/**
 * Selects jobs that wait for a worker.
 *
 * @param pipeline null for all, as with the others
 * @param status QUEUED (never begun, or given back) or RETRYING (waits for its next attempt)
 * @param acceptedBefore ISO 8601 with milliseconds; never null
 */
public record QueuedJobFilter(
        String pipeline, Priority priority, String owner, JobStatus status, String acceptedBefore) {
    /** The statuses of jobs that may be waiting. */
    static final List<JobStatus> STATUSES = List.of(JobStatus.QUEUED, JobStatus.RETRYING);

    List<JobStatus> statuses() {
        return status == null ? STATUSES : List.of(status);
    }

    /** Whether the job waits now and matches. */
    boolean includes(Job job) {
        return job.lease() == null
                && statuses().contains(job.status())
                && (pipeline == null || pipeline.equals(job.pipeline()))
                && (priority == null || priority == Priority.nearest(job.priority()))
                && (owner == null || owner.equals(job.owner()))
                && job.createdAt().compareTo(acceptedBefore) <= 0;
    }
}
