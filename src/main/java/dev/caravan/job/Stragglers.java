package dev.caravan.job;

import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Write;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Jobs that wait and stand in no line that anybody reads: those of a version without lanes, those of another number of
 * shards, and those that were changed by hand.
 */
public final class Stragglers {
    private static final Set<JobStatus> WAITING = EnumSet.of(JobStatus.QUEUED, JobStatus.RETRYING);

    private final Jobs jobs;

    public Stragglers(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Those of the jobs that wait and stand in no line. */
    public List<Job> among(List<String> jobIds) {
        return jobs
                .records()
                .get(jobs.tables().jobs(), jobIds.stream().map(Jobs::key).toList())
                .stream()
                .filter(item -> !jobs.line().stands(item))
                .map(Jobs::read)
                .filter(job -> WAITING.contains(job.status()) && job.lease() == null)
                .toList();
    }

    /**
     * Puts the job in line, where its time of waiting has brought it.
     *
     * @return false when it moved meanwhile
     */
    public boolean bringIn(Job job) {
        Instant due = job.dueAt() == null ? jobs.clock().instant() : Instant.parse(job.dueAt());
        Write write = Write.to(jobs.tables().jobs(), Jobs.key(job.jobId()))
                .where("fence", job.fence())
                .where("status", job.status().name())
                .whereMissing("lease");
        try {
            jobs.records().update(jobs.line().enter(write, job, due));
            return true;
        } catch (ConditionFailed moved) {
            return false;
        }
    }
}
