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
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Marks assets as failed whose bytes never arrived. */
final class AbandonedUploads implements MaintenanceTask {
    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final Assets assets;
    private final Counters counters;
    private final TidySettings settings;

    AbandonedUploads(
            Records records, Tables tables, Clock clock, Assets assets, Counters counters, TidySettings settings) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.assets = assets;
        this.counters = counters;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "abandoned-uploads";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public TaskReport run(TaskRun errand) {
        TaskReport report = new TaskReport();
        String before = Timestamps.of(clock.instant().minus(settings.uploadAge()));
        OldestByStatus.Page page = OldestByStatus.ofAssets(records, tables)
                .oldest(AssetStatus.UPLOADING.word(), errand.cursor(), before, settings.page());
        for (String id : page.ids()) {
            assets.find(id)
                    .filter(asset -> asset.status() == AssetStatus.UPLOADING)
                    // An import's job knows better whether the bytes will come.
                    .filter(asset -> asset.imported() == null)
                    // Announced uploads have their own expiry time.
                    .filter(asset -> asset.announced() == null)
                    .ifPresent(asset -> report.found(id, errand, () -> fail(asset)));
        }
        return report.goOnAt(page.next());
    }

    private boolean fail(Asset asset) {
        Failure failure = new Failure(
                "ABANDONED_UPLOAD",
                FailureKind.PERMANENT,
                null,
                "The upload was announced at %s, and its bytes never came".formatted(asset.createdAt()),
                "Upload the file again.",
                null);
        try {
            records.write(List.of(
                    assets.writeOf(asset)
                            .set("status", AssetStatus.FAILED.word())
                            .set("error", failure)
                            .remove("open_required")
                            .part(),
                    counters.move(asset, AssetStatus.UPLOADING, AssetStatus.FAILED)));
            return true;
        } catch (ConditionFailed cameAfterAll) {
            return false;
        }
    }
}
