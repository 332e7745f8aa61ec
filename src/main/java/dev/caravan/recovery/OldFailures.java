package dev.caravan.recovery;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.control.Deletion;
import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Deletes assets that failed long ago, as a client's request would: with their jobs, their bytes and their upload. */
final class OldFailures implements MaintenanceTask {
    private final Jobs jobs;
    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final Assets assets;
    private final Deletion deletion;
    private final TidySettings settings;
    private final Duration age;

    OldFailures(
            Jobs jobs,
            Records records,
            Tables tables,
            Clock clock,
            Assets assets,
            Deletion deletion,
            TidySettings settings,
            Duration age) {
        this.jobs = jobs;
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.assets = assets;
        this.deletion = deletion;
        this.settings = settings;
        this.age = age;
    }

    @Override
    public String name() {
        return "failed-assets";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public TaskReport run(TaskRun errand) {
        TaskReport report = new TaskReport();
        Instant before = clock.instant().minus(age);
        OldestByStatus.Page page = OldestByStatus.ofAssets(records, tables)
                .oldest(AssetStatus.FAILED.word(), errand.cursor(), Timestamps.of(before), settings.page());
        for (String id : page.ids()) {
            if (isOld(id, before)) {
                report.found(id, errand, () -> isOld(id, before) && deletion.delete(id));
            }
        }
        return report.goOnAt(page.next());
    }

    /** A failed asset on which a job runs is being retried, so it does not count as old. */
    private boolean isOld(String assetId, Instant before) {
        Optional<Asset> asset = assets.find(assetId);
        return asset.filter(found -> found.status() == AssetStatus.FAILED && !found.deleted())
                        .filter(found -> Instant.parse(found.updatedAt()).isBefore(before))
                        .isPresent()
                && jobs.ofAsset(assetId).stream()
                        .map(jobs::find)
                        .flatMap(Optional::stream)
                        .allMatch(job -> job.status().ended());
    }
}
