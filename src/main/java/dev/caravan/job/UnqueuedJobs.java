package dev.caravan.job;

import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds waiting jobs that no worker would find in the ready queue: those of a version without lanes, those of another number
 * of shards, and those that were changed by hand.
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

    /** The given jobs that wait and are not in the ready queue. */
    public List<Job> among(List<String> jobIds) {
        return records.get(tables.jobs(), jobIds.stream().map(Jobs::key).toList()).stream()
                .filter(item -> !queue.stands(item))
                .map(Jobs::read)
                .filter(job -> WAITING.contains(job.status()) && job.lease() == null)
                .toList();
    }

    /**
     * Puts the job into the ready queue, at the place that its time of waiting gives it.
     *
     * @return false when the job changed meanwhile
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
