package dev.caravan.recovery;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.job.Counters;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.storage.BucketListing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Ends announced uploads that were not completed in time. Their bytes are removed first, so that an interrupted removal is
 * found again.
 */
final class ExpiredUploads implements MaintenanceTask {
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    /** Time for a client that began to complete its upload in time to finish. */
    private static final Duration GRACE = Duration.ofMinutes(15);

    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final Assets assets;
    private final Counters counters;
    private final BucketListing bucketListing;
    private final int page;

    ExpiredUploads(
            Records records,
            Tables tables,
            Clock clock,
            Assets assets,
            Counters counters,
            BucketListing bucketListing,
            int page) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.assets = assets;
        this.counters = counters;
        this.bucketListing = bucketListing;
        this.page = page;
    }

    @Override
    public String name() {
        return "expired-uploads";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public TaskReport run(TaskRun errand) {
        TaskReport report = new TaskReport();
        Instant before = clock.instant().minus(GRACE);
        OldestByStatus.Page some = OldestByStatus.ofAssets(records, tables)
                .oldest(AssetStatus.UPLOADING.word(), errand.cursor(), Timestamps.of(before), page);
        for (String id : some.ids()) {
            assets.find(id)
                    .filter(asset -> asset.status() == AssetStatus.UPLOADING && asset.announced() != null)
                    .filter(asset ->
                            Instant.parse(asset.announced().expiresAt()).isBefore(before))
                    .ifPresent(asset -> report.found(id, errand, () -> end(asset)));
        }
        return report.goOnAt(some.next());
    }

    private boolean end(Asset asset) {
        String key = asset.source().key();
        String uploadId = asset.announced().uploadId();
        if (uploadId != null) {
            bucketListing.abort(new BucketListing.Unfinished(key, uploadId, null));
        }
        bucketListing.removeAll(key);
        Failure failure = new Failure(
                "UPLOAD_EXPIRED",
                FailureKind.PERMANENT,
                null,
                "The file was announced at %s and not completed before %s"
                        .formatted(asset.createdAt(), asset.announced().expiresAt()),
                "Announce it again; caravan.upload.expires-after is the time there is.",
                null);
        try {
            records.write(List.of(
                    assets.writeOf(asset)
                            .set("status", AssetStatus.FAILED.word())
                            .set("error", failure)
                            .part(),
                    counters.move(asset, AssetStatus.UPLOADING, AssetStatus.FAILED)));
            return true;
        } catch (ConditionFailed changed) {
            return false;
        }
    }
}
