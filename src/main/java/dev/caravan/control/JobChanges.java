package dev.caravan.control;

import dev.caravan.failure.Refusal;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Pipelines;
import dev.caravan.job.QueueTransitions;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes a job that has not ended: priority, time and parameters of one that waits; only the priority of one that runs,
 * which applies when it waits again.
 */
public final class JobChanges {
    private static final Logger LOG = LoggerFactory.getLogger(JobChanges.class);

    private final Jobs jobs;
    private final QueueTransitions transitions;
    private final Clock clock;
    private final Pipelines pipelines;
    private final Doorbell doorbell;

    public JobChanges(Jobs jobs, QueueTransitions transitions, Clock clock, Pipelines pipelines, Doorbell doorbell) {
        this.jobs = jobs;
        this.transitions = transitions;
        this.clock = clock;
        this.pipelines = pipelines;
        this.doorbell = doorbell;
    }

    /**
     * @return the job as it is now
     * @throws Refusal {@code UNKNOWN_JOB}, {@code JOB_ENDED}, {@code JOB_RUNNING}, {@code JOB_STARTED} or
     *     {@code INVALID_PARAMETERS}
     */
    public Job change(String jobId, RetryRequest retryRequest) {
        while (true) {
            Job job = jobs.find(jobId).orElseThrow(() -> JobRefusals.unknown(jobId));
            try {
                if (job.lease() == null) {
                    transitions.reschedule(job, waiting(job, retryRequest), event(retryRequest));
                } else {
                    transitions.reprioritize(job, running(job, retryRequest), event(retryRequest));
                }
                told(job, retryRequest);
                return jobs.find(jobId).orElseThrow();
            } catch (ConditionFailed changed) {
                // The job was claimed or ended between reading and writing: read it again.
            }
        }
    }

    private void told(Job job, RetryRequest retryRequest) {
        LOG.info("job {}: {} changed: {}", job.jobId(), job.pipeline(), event(retryRequest));
        if (retryRequest.runAt() != null) {
            Duration wait = Duration.between(clock.instant(), retryRequest.runAt());
            doorbell.ring(wait.isNegative() ? Duration.ZERO : wait);
        }
    }

    private QueueTransitions.Reschedule waiting(Job job, RetryRequest retryRequest) {
        if (job.status().ended()) {
            throw JobRefusals.ended(
                    job, "Let it go on: POST /api/v1/jobs/%s/retry takes the same values.".formatted(job.jobId()));
        }
        return new QueueTransitions.Reschedule(
                priority(job, retryRequest),
                retryRequest.parameters() == null ? null : parameters(job, retryRequest),
                retryRequest.runAt() == null ? Instant.parse(job.dueAt()) : retryRequest.runAt());
    }

    private Map<String, Object> parameters(Job job, RetryRequest retryRequest) {
        if (job.status() != JobStatus.QUEUED || job.currentStep() != null) {
            throw new Refusal(
                    "JOB_STARTED",
                    "Job %s has begun its work with the parameters that it has".formatted(job.jobId()),
                    "Cancel it and retry it with others: POST /api/v1/jobs/%s/retry.".formatted(job.jobId()));
        }
        Map<String, Object> parameters = retryRequest.over(job.parameters());
        pipelines.check(job.pipeline(), parameters, null);
        return parameters;
    }

    private static int running(Job job, RetryRequest retryRequest) {
        if (retryRequest.runAt() != null || retryRequest.parameters() != null) {
            throw JobRefusals.running(job);
        }
        return priority(job, retryRequest);
    }

    private static int priority(Job job, RetryRequest retryRequest) {
        return retryRequest.priority() == null
                ? job.priority()
                : retryRequest.priority().number();
    }

    private static Map<String, Object> event(RetryRequest retryRequest) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put(
                "priority",
                retryRequest.priority() == null ? null : retryRequest.priority().number());
        event.put("run_at", retryRequest.runAt() == null ? null : Timestamps.of(retryRequest.runAt()));
        event.put("parameters", retryRequest.parameters());
        event.values().removeIf(value -> value == null);
        return event;
    }
}
