package dev.caravan.control;

import dev.caravan.failure.Refusal;
import dev.caravan.job.Counts;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Line;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Changes of a job that goes on: priority, time and parameters of one that waits; of one that runs the priority alone, which
 * counts when it waits again.
 */
public final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final Jobs jobs;
    private final Counts counts;
    private final Pipelines pipelines;
    private final Doorbell doorbell;

    public Changes(Jobs jobs, Counts counts, Pipelines pipelines, Doorbell doorbell) {
        this.jobs = jobs;
        this.counts = counts;
        this.pipelines = pipelines;
        this.doorbell = doorbell;
    }

    /**
     * @return the job as it is now
     * @throws Refusal {@code UNKNOWN_JOB}, {@code JOB_ENDED}, {@code JOB_RUNNING}, {@code JOB_STARTED} or
     *     {@code INVALID_PARAMETERS}
     */
    public Job change(String jobId, Wish wish) {
        while (true) {
            Job job = jobs.find(jobId).orElseThrow(() -> Refusals.unknown(jobId));
            Write write = job.lease() == null ? waiting(job, wish) : running(job, wish);
            try {
                List<TransactWriteItem> parts = new ArrayList<>();
                parts.add(write.part());
                parts.add(jobs.history().event(jobId, "changed", event(wish)));
                Priority priority = Priority.nearest(priority(job, wish));
                parts.addAll(counts.of(job.assetId()).job(job, priority).parts());
                jobs.records().write(parts);
                told(job, wish);
                return jobs.find(jobId).orElseThrow();
            } catch (ConditionFailed changed) {
                // It was claimed, or it ended, between reading and writing: read it again.
            }
        }
    }

    private void told(Job job, Wish wish) {
        LOG.info("job {}: {} changed: {}", job.jobId(), job.pipeline(), event(wish));
        if (wish.runAt() != null) {
            Duration wait = Duration.between(jobs.clock().instant(), wish.runAt());
            doorbell.ring(wait.isNegative() ? Duration.ZERO : wait);
        }
    }

    private Write waiting(Job job, Wish wish) {
        if (job.status().ended()) {
            throw Refusals.ended(
                    job, "Let it go on: POST /api/v1/jobs/%s/retry takes the same values.".formatted(job.jobId()));
        }
        int priority = priority(job, wish);
        // A claim from an index that has not followed yet would start the job as it was.
        Write write =
                Line.whereWaiting(write(job)).set("fence", job.fence() + 1).set("priority", priority);
        if (wish.parameters() != null) {
            write.set("parameters", parameters(job, wish));
        }
        Instant due = wish.runAt() == null ? Instant.parse(job.dueAt()) : wish.runAt();
        return jobs.line().enter(write, job, priority, due);
    }

    private Map<String, Object> parameters(Job job, Wish wish) {
        if (job.status() != JobStatus.QUEUED || job.currentStep() != null) {
            throw new Refusal(
                    "JOB_STARTED",
                    "Job %s has begun its work with the parameters that it has".formatted(job.jobId()),
                    "Cancel it and retry it with others: POST /api/v1/jobs/%s/retry.".formatted(job.jobId()));
        }
        Map<String, Object> parameters = wish.over(job.parameters());
        pipelines.check(job.pipeline(), parameters, null);
        return parameters;
    }

    /** It keeps its fence, since the run goes on. */
    private Write running(Job job, Wish wish) {
        if (wish.runAt() != null || wish.parameters() != null) {
            throw Refusals.running(job);
        }
        return write(job)
                .whereExists("lease")
                .set(
                        "priority",
                        wish.priority() == null
                                ? job.priority()
                                : wish.priority().number());
    }

    private static int priority(Job job, Wish wish) {
        return wish.priority() == null ? job.priority() : wish.priority().number();
    }

    private Write write(Job job) {
        return Write.to(jobs.tables().jobs(), Jobs.key(job.jobId()))
                .where("fence", job.fence())
                .where("status", job.status().name())
                .set("updated_at", Timestamps.now(jobs.clock()));
    }

    private static Map<String, Object> event(Wish wish) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("priority", wish.priority() == null ? null : wish.priority().number());
        event.put("run_at", wish.runAt() == null ? null : Timestamps.of(wish.runAt()));
        event.put("parameters", wish.parameters());
        event.values().removeIf(value -> value == null);
        return event;
    }
}
