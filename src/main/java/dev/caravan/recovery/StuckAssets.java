package dev.caravan.recovery;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds assets that wait for something that will not come: a job that does not run, or bytes that no client sends. */
final class StuckAssets implements StuckDetector {
    private final Assets assets;
    private final Jobs jobs;
    private final OldestByStatus byStatus;

    StuckAssets(Assets assets, Jobs jobs, Records records, Tables tables) {
        this.assets = assets;
        this.jobs = jobs;
        this.byStatus = OldestByStatus.ofAssets(records, tables);
    }

    @Override
    public List<StuckItem> look(Instant before) {
        List<StuckItem> stuck = new ArrayList<>();
        oldest(AssetStatus.PROCESSING, before).stream()
                .filter(asset -> !open(asset))
                .map(asset -> new StuckItem(
                        "ASSET_WITHOUT_JOB",
                        null,
                        asset.assetId(),
                        null,
                        asset.updatedAt(),
                        "It is processing, but none of its jobs is on its way",
                        "Try its failed job again, or set its status: PATCH /api/videos/%s with {\"status\":\"failed\"}."
                                .formatted(asset.assetId())))
                .forEach(stuck::add);
        oldest(AssetStatus.UPLOADING, before).stream()
                .filter(asset -> asset.imported() == null && asset.announced() == null)
                .map(asset -> new StuckItem(
                        "UPLOAD_UNFINISHED",
                        null,
                        asset.assetId(),
                        null,
                        asset.createdAt(),
                        "Its bytes have not come",
                        "Nothing: after caravan.recovery.upload-age it is marked as failed."))
                .limit(MOST - stuck.size())
                .forEach(stuck::add);
        return stuck;
    }

    private List<Asset> oldest(AssetStatus status, Instant before) {
        return byStatus.oldest(status.word(), null, Timestamps.of(before), MOST).ids().stream()
                .map(assets::find)
                .flatMap(Optional::stream)
                .filter(asset -> asset.status() == status && !asset.deleted())
                .toList();
    }

    private boolean open(Asset asset) {
        return jobs.ofAsset(asset.assetId()).stream()
                .map(jobs::find)
                .flatMap(Optional::stream)
                .filter(Job::required)
                .anyMatch(job -> !job.status().ended());
    }
}
