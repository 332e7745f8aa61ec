package dev.caravan.job;

import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Jobs that wait and stand in no line that anybody reads: those of a version without lanes, those of another number of
 * shards, and those that were changed by hand.
 */
public final class UnqueuedJobs {
    private static final Set<JobStatus> WAITING = EnumSet.of(JobStatus.QUEUED, JobStatus.RETRYING);

    private final Records records;
    private final Tables tables;
    private final ReadyQueue queue;
    private final QueueTransitions transitions;

    public UnqueuedJobs(Records records, Tables tables, ReadyQueue queue, QueueTransitions transitions) {
        this.records = records;
        this.tables = tables;
        this.queue = queue;
        this.transitions = transitions;
    }

    /** Those of the jobs that wait and stand in no line. */
    public List<Job> among(List<String> jobIds) {
        return records.get(tables.jobs(), jobIds.stream().map(Jobs::key).toList()).stream()
                .filter(item -> !queue.stands(item))
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
        Instant due = job.dueAt() == null ? queue.now() : Instant.parse(job.dueAt());
        try {
            transitions.enqueue(job, due);
            return true;
        } catch (ConditionFailed moved) {
            return false;
        }
    }
}
