package dev.caravan.job;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Failure;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The end of a job and what it means for its asset, in one transaction: the last required job makes the asset ready, a
 * required one that fails makes it failed.
 */
public final class Endings {
    private final Jobs jobs;
    private final Assets assets;
    private final Counts counts;
    private final Consumer<String> ended;

    /** @param ended is told the id of each job that has ended here */
    public Endings(Jobs jobs, Assets assets, Counts counts, Consumer<String> ended) {
        this.ended = ended;
        this.jobs = jobs;
        this.assets = assets;
        this.counts = counts;
    }

    /** All steps are done. */
    public void complete(Job job, Write lastCheckpoint) {
        Write write = lastCheckpoint.set("status", JobStatus.COMPLETED.name()).set("progress_percentage", 100);
        end(job, JobStatus.COMPLETED, write.remove("error"), "completed", Map.of(), null);
        jobs.meters().ended(job, JobStatus.COMPLETED);
    }

    /** Out of attempts, or failed for good: a dead letter. */
    public void fail(Job job, Write write, Failure failure) {
        write.set("status", JobStatus.FAILED.name()).set("error", failure);
        end(job, JobStatus.FAILED, write, "failed", History.failed(failure.step(), failure), failure);
        jobs.meters().failed(job, failure);
    }

    private void end(
            Job job, JobStatus status, Write write, String event, Map<String, Object> details, Failure failure) {
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
            asset.filter(found -> !found.deleted()).ifPresent(found -> parts.add(move(found, job, failure, tally)));
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

    private TransactWriteItem move(Asset asset, Job job, Failure failure, Tally tally) {
        Set<String> open = new HashSet<>(asset.openRequired() == null ? Set.of() : asset.openRequired());
        Write write = assets.writeOf(asset);
        AssetStatus status;
        if (failure == null) {
            open.remove(job.pipeline());
            status = open.isEmpty() ? AssetStatus.READY : asset.status();
            write.set("open_required", open.isEmpty() ? null : List.copyOf(open));
        } else {
            status = AssetStatus.FAILED;
            write.set("error", failure);
        }
        tally.asset(asset, asset.status(), status);
        return write.set("status", status.word()).part();
    }
}
