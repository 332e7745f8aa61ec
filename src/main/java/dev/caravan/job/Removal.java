package dev.caravan.job;

import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Removes a job's record and its history. */
public final class Removal {
    /** DynamoDB takes a hundred parts in one transaction; one of them is the condition. */
    private static final int MAX_AT_ONCE = 99;

    private final JobWriter writer;
    private final Jobs jobs;

    public Removal(JobWriter writer, Jobs jobs) {
        this.writer = writer;
        this.jobs = jobs;
    }

    /**
     * Lets DynamoDB remove a dead letter with its history once {@code expiresAt} has passed, in seconds since 1970. The time
     * is written to the history first, then to the record, which decides.
     *
     * @param why for the job's history
     * @throws ConditionFailed when the job is not a dead letter any more
     */
    public void letExpire(Job job, long expiresAt, String why) {
        history(job).forEach(item -> writer.updateHistory(item.set(JobFields.EXPIRES_AT, expiresAt)));
        JobChange change = writer.change(Transition.LET_EXPIRE, job).set(JobFields.EXPIRES_AT, expiresAt);
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(change.write().part());
        parts.add(writer.event(
                Transition.LET_EXPIRE, job.jobId(), Map.of("message", why, JobFields.EXPIRES_AT, expiresAt)));
        parts.addAll(writer.count(Transition.LET_EXPIRE, job, PipelineAndPriority.of(job))
                .parts());
        writer.write(parts);
    }

    /** Keeps the history of a job that is retried after it was given an expiry time. */
    public void keepHistory(Job job) {
        history(job).forEach(item -> writer.updateHistory(item.remove(JobFields.EXPIRES_AT)));
    }

    private List<Write> history(Job job) {
        return jobs.historyOf(job.jobId()).stream()
                .map(item -> writer.historyItem(job.jobId(), item).whereExists(JobFields.AT))
                .toList();
    }

    /**
     * Removes a completed job with its history. The record is removed last: after an interruption, the next call finds it
     * again.
     *
     * @throws ConditionFailed when the job is not as it was read
     */
    public void remove(Job job) {
        List<TransactWriteItem> history = jobs.historyOf(job.jobId()).stream()
                .map(item -> writer.historyItem(job.jobId(), item).delete())
                .toList();
        for (int from = 0; from < history.size(); from += MAX_AT_ONCE) {
            List<TransactWriteItem> parts = new ArrayList<>();
            parts.add(writer.conditionsOf(Transition.REMOVE, job).check());
            parts.addAll(history.subList(from, Math.min(history.size(), from + MAX_AT_ONCE)));
            writer.write(parts);
        }
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(writer.conditionsOf(Transition.REMOVE, job).delete());
        parts.addAll(writer.count(Transition.REMOVE, job, PipelineAndPriority.of(job))
                .parts());
        writer.write(parts);
    }
}
