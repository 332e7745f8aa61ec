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
 * Decides how an asset changes when one of its required jobs ends or is retried, and gives that part of the transaction. An
 * asset is failed as long as one of its required jobs is.
 */
public final class AssetReadiness {
    private final Jobs jobs;
    private final Assets assets;

    public AssetReadiness(Jobs jobs, Assets assets) {
        this.jobs = jobs;
        this.assets = assets;
    }

    /** Makes the asset ready when its last required job completes. */
    TransactWriteItem completed(Asset asset, Job job, CounterUpdate counterUpdate) {
        Set<String> open = open(asset);
        open.remove(job.pipeline());
        Write write = assets.writeOf(asset).set("open_required", open.isEmpty() ? null : List.copyOf(open));
        return open.isEmpty()
                ? part(asset, write.remove("error"), AssetStatus.READY, counterUpdate)
                : part(asset, write, asset.status(), counterUpdate);
    }

    TransactWriteItem failed(Asset asset, Failure failure, CounterUpdate counterUpdate) {
        return part(asset, assets.writeOf(asset).set("error", failure), AssetStatus.FAILED, counterUpdate);
    }

    /** Counts as a failure of the asset; the failure of another required job takes precedence, because it says more. */
    TransactWriteItem cancelled(Asset asset, Failure cancelled, CounterUpdate counterUpdate) {
        return asset.status() == AssetStatus.FAILED && asset.error() != null
                ? part(asset, assets.writeOf(asset), AssetStatus.FAILED, counterUpdate)
                : failed(asset, cancelled, counterUpdate);
    }

    /** Lets the asset wait for {@code job} again. */
    public TransactWriteItem again(Asset asset, Job job, CounterUpdate counterUpdate) {
        Set<String> open = open(asset);
        Optional<Failure> other = otherFailure(asset, job, open);
        open.add(job.pipeline());
        Write write =
                assets.writeOf(asset).set("open_required", List.copyOf(open)).set("error", other.orElse(null));
        return part(asset, write, other.isPresent() ? AssetStatus.FAILED : AssetStatus.PROCESSING, counterUpdate);
    }

    /** Reads other jobs outside of the transaction: each of them that ends or is retried changes the asset's revision. */
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

    /** The failure that an asset shows for a required job that was cancelled. */
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

    private static TransactWriteItem part(Asset asset, Write write, AssetStatus status, CounterUpdate counterUpdate) {
        counterUpdate.asset(asset, asset.status(), status);
        return write.set("status", status.word()).part();
    }
}
