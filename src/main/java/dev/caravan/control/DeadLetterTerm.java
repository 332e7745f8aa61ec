package dev.caravan.control;

import dev.caravan.job.Counts;
import dev.caravan.job.DeadLetterEntry;
import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Until when a dead letter is kept: written on its history first, then on its record, which decides. */
final class DeadLetterTerm {
    private final Jobs jobs;
    private final Counts counts;

    DeadLetterTerm(Jobs jobs, Counts counts) {
        this.jobs = jobs;
        this.counts = counts;
    }

    /** Lets the history stay, of a job that goes on. */
    void clear(Job job) {
        if (job.expiresAt() != null) {
            clearHistory(job);
        }
    }

    void clearHistory(Job job) {
        jobs.historyOf(job.jobId())
                .forEach(item -> jobs.records().update(of(job, item).remove(Tables.EXPIRES)));
    }

    /**
     * Lets DynamoDB remove the job with its history once {@code expiresAt} has passed.
     *
     * @throws dev.caravan.records.ConditionFailed when it is no dead letter any more
     */
    void set(Job job, long expiresAt, String says) {
        jobs.historyOf(job.jobId())
                .forEach(item -> jobs.records().update(of(job, item).set(Tables.EXPIRES, expiresAt)));
        Write write = Write.to(jobs.tables().jobs(), Jobs.key(job.jobId()))
                .where("fence", job.fence())
                .whereExists(DeadLetterEntry.PIPELINE)
                .set(Tables.EXPIRES, expiresAt);
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(write.part());
        parts.add(jobs.history().event(job.jobId(), "expires", Map.of("message", says, Tables.EXPIRES, expiresAt)));
        parts.addAll(counts.move(job, job.status(), null));
        jobs.records().write(parts);
    }

    private Write of(Job job, String item) {
        return Write.to(jobs.tables().jobs(), Map.of("job_id", job.jobId(), "item", item))
                .whereExists("at");
    }
}
