package dev.caravan.control;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Refusal;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Job;
import dev.caravan.job.JobMeters;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Pipelines;
import dev.caravan.job.QueueTransitions;
import dev.caravan.job.Removal;
import dev.caravan.job.Requeue;
import dev.caravan.job.ResumePlan;
import dev.caravan.records.ConditionFailed;
import dev.caravan.storage.Archived;
import dev.caravan.storage.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Retries a job that has ended: the same job returns to the ready queue, by its pipeline as it is now. */
public final class Retry {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    private final Jobs jobs;
    private final Assets assets;
    private final QueueTransitions transitions;
    private final Removal removal;
    private final JobMeters meters;
    private final Clock clock;
    private final Pipelines pipelines;
    private final Doorbell doorbell;
    private final Files files;

    public Retry(
            Jobs jobs,
            QueueTransitions transitions,
            Removal removal,
            JobMeters meters,
            Clock clock,
            Assets assets,
            Pipelines pipelines,
            Doorbell doorbell,
            Files files) {
        this.jobs = jobs;
        this.transitions = transitions;
        this.removal = removal;
        this.meters = meters;
        this.clock = clock;
        this.assets = assets;
        this.pipelines = pipelines;
        this.doorbell = doorbell;
        this.files = files;
    }

    /** A job, and the plan of its retry. */
    public record Outcome(Job job, ResumePlan plan) {}

    /**
     * Plans a retry of a job in any status.
     *
     * @throws Refusal {@code UNKNOWN_JOB}, {@code UNKNOWN_PIPELINE}, {@code UNKNOWN_STEP} or {@code INVALID_PARAMETERS}
     */
    public Outcome plan(String jobId, RetryRequest retryRequest) {
        Job job = jobs.find(jobId).orElseThrow(() -> JobRefusals.unknown(jobId));
        return new Outcome(job, plan(job, retryRequest));
    }

    private ResumePlan plan(Job job, RetryRequest retryRequest) {
        return pipelines.plan(job, retryRequest.over(job.parameters()), retryRequest.fromStep());
    }

    /**
     * Plans what {@link #retry} would do now, without doing it.
     *
     * @throws Refusal as {@link #retry} does
     */
    public Outcome dryRun(String jobId, RetryRequest retryRequest) {
        Outcome outcome = plan(jobId, retryRequest);
        check(outcome, retryRequest);
        living(outcome.job());
        return outcome;
    }

    /**
     * Puts the job back into the ready queue.
     *
     * @return the job as it is afterwards
     * @throws Refusal {@code JOB_WAITING}, {@code JOB_RUNNING}, {@code JOB_NOT_RETRYABLE}, {@code ARCHIVED} or
     *     {@code ASSET_DELETED}, and those of {@link #plan}
     */
    public Outcome retry(String jobId, RetryRequest retryRequest) {
        Outcome outcome = retry(jobId, retryRequest, List.of());
        return new Outcome(jobs.find(jobId).orElseThrow(), outcome.plan());
    }

    /**
     * Puts the job back into the ready queue in one transaction with {@code more}.
     *
     * @return the job as it was before
     * @throws ConditionFailed when one of {@code more} does not hold, with its position among them
     */
    Outcome retry(String jobId, RetryRequest retryRequest, List<TransactWriteItem> more) {
        while (true) {
            Outcome outcome = plan(jobId, retryRequest);
            check(outcome, retryRequest);
            Asset asset = living(outcome.job());
            if (outcome.job().expiresAt() != null) {
                removal.keepHistory(outcome.job());
            }
            try {
                requeue(outcome, retryRequest, asset, more);
                told(outcome, retryRequest);
                return outcome;
            } catch (ConditionFailed e) {
                if (e.part() < more.size()) {
                    throw e;
                }
                // Job or asset changed between reading and writing: read them again.
            }
        }
    }

    private void requeue(Outcome outcome, RetryRequest retryRequest, Asset asset, List<TransactWriteItem> more) {
        Job job = outcome.job();
        Requeue requeue = new Requeue(
                outcome.plan(),
                retryRequest.fromStep(),
                retryRequest.priority() == null
                        ? job.priority()
                        : retryRequest.priority().number(),
                retryRequest.over(job.parameters()),
                retryRequest.parameters(),
                retryRequest.runAt());
        transitions.requeue(job, requeue, pipelines.version(job.pipeline()), asset, more);
    }

    private void told(Outcome outcome, RetryRequest retryRequest) {
        Instant now = clock.instant();
        doorbell.ring(
                retryRequest.runAt() == null || retryRequest.runAt().isBefore(now)
                        ? Duration.ZERO
                        : Duration.between(now, retryRequest.runAt()));
        meters.retried(outcome.job());
        LOG.info(
                "job {}: {} goes on at {}{}",
                outcome.job().jobId(),
                outcome.job().pipeline(),
                outcome.plan().first().orElse("its end"),
                retryRequest.runAt() == null ? "" : ", due at " + retryRequest.runAt());
    }

    private void check(Outcome outcome, RetryRequest retryRequest) {
        Job job = outcome.job();
        if (!job.status().ended()) {
            throw JobRefusals.goesOn(job);
        }
        if (job.status() == JobStatus.COMPLETED
                && (retryRequest.from() == null || outcome.plan().first().isEmpty())) {
            throw JobRefusals.completed(job);
        }
        if (job.error() != null && job.error().code().equals(Archived.CODE)) {
            files.archived(job.source()).map(JobRefusals::archived).ifPresent(refusal -> {
                throw refusal;
            });
        }
    }

    private Asset living(Job job) {
        return assets.find(job.assetId())
                .filter(found -> !found.deleted())
                .orElseThrow(() -> JobRefusals.assetDeleted(job));
    }
}
