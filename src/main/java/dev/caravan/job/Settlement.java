package dev.caravan.job;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.records.Write;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What becomes of an asset when one of its required jobs ends or goes on again: the parts of that transaction. An asset is
 * failed as long as one of its required jobs is.
 */
public final class Settlement {
    private final Jobs jobs;
    private final Assets assets;
    private final Counts counts;

    public Settlement(Jobs jobs, Assets assets, Counts counts) {
        this.jobs = jobs;
        this.assets = assets;
        this.counts = counts;
    }

    /** The last required job that completes makes the asset ready. */
    List<TransactWriteItem> completed(Asset asset, Job job) {
        Set<String> open = open(asset);
        open.remove(job.pipeline());
        Write write = assets.writeOf(asset).set("open_required", open.isEmpty() ? null : List.copyOf(open));
        return open.isEmpty()
                ? parts(asset, write.remove("error"), AssetStatus.READY)
                : parts(asset, write, asset.status());
    }

    List<TransactWriteItem> failed(Asset asset, Failure failure) {
        return parts(asset, assets.writeOf(asset).set("error", failure), AssetStatus.FAILED);
    }

    /** As a failure; but what another job died of says more. */
    List<TransactWriteItem> cancelled(Asset asset, Failure cancelled) {
        return asset.status() == AssetStatus.FAILED && asset.error() != null
                ? parts(asset, assets.writeOf(asset), AssetStatus.FAILED)
                : failed(asset, cancelled);
    }

    /** The asset waits for {@code job} again. */
    public List<TransactWriteItem> again(Asset asset, Job job) {
        Set<String> open = open(asset);
        Optional<Failure> other = otherFailure(asset, job, open);
        open.add(job.pipeline());
        Write write =
                assets.writeOf(asset).set("open_required", List.copyOf(open)).set("error", other.orElse(null));
        return parts(asset, write, other.isPresent() ? AssetStatus.FAILED : AssetStatus.PROCESSING);
    }

    /** Reads other jobs beside the transaction: whatever ends or goes on there changes the asset's revision. */
    private Optional<Failure> otherFailure(Asset asset, Job job, Set<String> open) {
        return jobs.ofAsset(asset.assetId()).stream()
                .filter(id -> !id.equals(job.jobId()))
                .map(jobs::find)
                .flatMap(Optional::stream)
                .filter(other -> other.required() && open.contains(other.pipeline()))
                .filter(other -> other.status() == JobStatus.FAILED || other.status() == JobStatus.CANCELLED)
                .map(other -> other.status() == JobStatus.CANCELLED ? cancellation(other, null) : other.error())
                .findFirst();
    }

    /** How an asset tells of a required job that was cancelled. */
    static Failure cancellation(Job job, String why) {
        return new Failure(
                "CANCELLED",
                FailureKind.PERMANENT,
                job.currentStep(),
                "The job %s (%s) was cancelled%s".formatted(job.jobId(), job.pipeline(), why == null ? "" : ": " + why),
                "Retry the job when the result is wanted after all: POST /api/v1/jobs/%s/retry.".formatted(job.jobId()),
                null);
    }

    private static Set<String> open(Asset asset) {
        return new HashSet<>(asset.openRequired() == null ? Set.of() : asset.openRequired());
    }

    private List<TransactWriteItem> parts(Asset asset, Write write, AssetStatus status) {
        write.set("status", status.word());
        return status == asset.status()
                ? List.of(write.part())
                : List.of(write.part(), counts.move(asset, asset.status(), status));
    }
}
