package dev.caravan.job;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Failure;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The end of a job and what it means for its asset, in one transaction: the last required job makes the asset ready, a
 * required one that fails or is cancelled makes it failed.
 */
public final class Endings {
    private final Jobs jobs;
    private final Assets assets;
    private final Counts counts;
    private final Settlement settlement;
    private final Consumer<String> ended;

    /** @param ended is told the id of each job that has ended here */
    public Endings(Jobs jobs, Assets assets, Counts counts, Consumer<String> ended) {
        this.ended = ended;
        this.jobs = jobs;
        this.assets = assets;
        this.counts = counts;
        this.settlement = new Settlement(jobs, assets);
    }

    /** All steps are done. */
    public void complete(Job job, Write lastCheckpoint) {
        Write write = lastCheckpoint.set("status", JobStatus.COMPLETED.name()).set("progress_percentage", 100);
        end(
                job,
                JobStatus.COMPLETED,
                write.remove("error"),
                "completed",
                Map.of(),
                (asset, tally) -> settlement.completed(asset, job, tally));
        jobs.meters().ended(job, JobStatus.COMPLETED);
    }

    /** Out of attempts, or failed for good: a dead letter. */
    public void fail(Job job, Write write, Failure failure) {
        write.set("status", JobStatus.FAILED.name()).set("error", failure);
        write.set(DeadLetterEntry.PIPELINE, job.pipeline())
                .set(DeadLetterEntry.CODE, failure.code())
                .set(DeadLetterEntry.STEP, failure.step())
                .set(
                        DeadLetterEntry.FILENAME,
                        job.source() == null ? null : job.source().filename());
        Map<String, Object> details = History.failed(failure.step(), failure);
        end(
                job,
                JobStatus.FAILED,
                write,
                "failed",
                details,
                (asset, tally) -> settlement.failed(asset, failure, tally));
        jobs.meters().failed(job, failure);
    }

    /**
     * Nobody wants it any more.
     *
     * @throws dev.caravan.failure.StepException fenced, when the job is not as it was read
     */
    public void cancel(Job job, Write write, String why) {
        write.set("status", JobStatus.CANCELLED.name());
        Failure failure = Settlement.cancellation(job, why);
        end(
                job,
                JobStatus.CANCELLED,
                write,
                "cancelled",
                Map.of("message", why),
                (asset, tally) -> settlement.cancelled(asset, failure, tally));
        jobs.meters().ended(job, JobStatus.CANCELLED);
    }

    private void end(
            Job job,
            JobStatus status,
            Write write,
            String event,
            Map<String, Object> details,
            BiFunction<Asset, Tally, TransactWriteItem> settle) {
        write.set("finished_at", Timestamps.now(jobs.clock()))
                .remove("lease")
                .remove("pace")
                .set("fence", job.fence() + 1);
        while (true) {
            Optional<Asset> asset = job.required() ? assets.find(job.assetId()) : Optional.empty();
            List<TransactWriteItem> parts = new ArrayList<>();
            parts.add(write.part());
            parts.add(jobs.history().event(job.jobId(), event, details));
            Tally tally = counts.of(job.assetId()).job(Kind.of(job), job.status(), status);
            asset.filter(found -> !found.deleted()).ifPresent(found -> parts.add(settle.apply(found, tally)));
            parts.addAll(tally.parts());
            try {
                jobs.records().write(parts);
                ended.accept(job.jobId());
                return;
            } catch (ConditionFailed e) {
                if (e.part() == 0) {
                    throw Jobs.fenced(job.jobId(), e);
                }
                // The asset changed between reading and writing: read it again.
            }
        }
    }
}
