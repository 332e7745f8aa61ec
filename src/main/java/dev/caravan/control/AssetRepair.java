package dev.caravan.control;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.Refusal;
import dev.caravan.job.Counters;
import dev.caravan.job.Jobs;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Write;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Changes an asset's record for an operator, with its status and the counts, unless a job is about to decide the status. */
public final class AssetRepair {
    private static final Map<AssetStatus, Set<AssetStatus>> POSSIBLE = Map.of(
            AssetStatus.UPLOADING, EnumSet.of(AssetStatus.FAILED),
            AssetStatus.PROCESSING, EnumSet.of(AssetStatus.READY, AssetStatus.FAILED),
            AssetStatus.READY, EnumSet.of(AssetStatus.FAILED),
            AssetStatus.FAILED, EnumSet.of(AssetStatus.READY));
    private static final Failure BY_HAND = new Failure(
            "MARKED_FAILED",
            FailureKind.PERMANENT,
            null,
            "Marked as failed by hand",
            "PATCH the status back to saved when its file is good after all.",
            null);

    private final Jobs jobs;
    private final Records records;
    private final Assets assets;
    private final Counters counters;

    public AssetRepair(Jobs jobs, Records records, Assets assets, Counters counters) {
        this.jobs = jobs;
        this.records = records;
        this.assets = assets;
        this.counters = counters;
    }

    /**
     * Writes the change that {@code change} makes for the asset, and the status with it.
     *
     * @param status the new one, or null to leave it
     * @param change gets the asset as it is, and may refuse it by an exception of its own
     * @return the asset as it is now; empty when there is none
     * @throws Refusal {@code IMPOSSIBLE_TRANSITION} or {@code VIDEO_BUSY}
     */
    public Optional<Asset> write(String assetId, AssetStatus status, Function<Asset, Write> change) {
        while (true) {
            Optional<Asset> asset = assets.find(assetId).filter(found -> !found.deleted());
            if (asset.isEmpty()) {
                return asset;
            }
            try {
                records.write(parts(asset.get(), status, change.apply(asset.get())));
                return assets.find(assetId);
            } catch (ConditionFailed changed) {
                // Another process wrote between reading and writing: read it again.
            }
        }
    }

    private List<TransactWriteItem> parts(Asset asset, AssetStatus status, Write write) {
        if (status == null || status == asset.status()) {
            return List.of(write.part());
        }
        check(asset, status);
        write.set("status", status.word())
                .remove("open_required")
                .set("error", status == AssetStatus.FAILED ? BY_HAND : null);
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(write.part());
        parts.add(counters.move(asset, asset.status(), status));
        return parts;
    }

    private void check(Asset asset, AssetStatus status) {
        Set<AssetStatus> possible = POSSIBLE.get(asset.status());
        if (!possible.contains(status)) {
            throw new Refusal(
                    "IMPOSSIBLE_TRANSITION",
                    "A video that is %s cannot become %s"
                            .formatted(asset.status().word(), status.word()),
                    "It can become " + possible.stream().map(AssetStatus::word).collect(Collectors.joining(" or "))
                            + ".");
        }
        jobs.ofAsset(asset.assetId()).stream()
                .map(jobs::find)
                .flatMap(Optional::stream)
                .filter(job -> job.required() && !job.status().ended())
                .findFirst()
                .ifPresent(job -> {
                    throw new Refusal(
                            "VIDEO_BUSY",
                            "Job %s (%s) is at work on this video and will decide its status"
                                    .formatted(job.jobId(), job.pipeline()),
                            "Wait for its end: GET /api/v1/jobs/%s?wait=60.".formatted(job.jobId()));
                });
    }
}
