package dev.caravan.control;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.job.Counters;
import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import dev.caravan.storage.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Deletes an asset. It writes a tombstone first, so that nothing new is started; then it cancels the jobs and removes the
 * bytes. After an interruption the next call finishes it: the tombstone keeps the name of the source until then.
 */
public final class Deletion {
    /** Late events of the upload must not bring the asset back. */
    static final Duration TOMBSTONE_STAYS = Duration.ofDays(15);

    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
    private static final List<String> FORGOTTEN = List.of(
            "status",
            "file",
            "filename",
            "description",
            "duration",
            "resolution",
            "size_before",
            "size_after",
            "compression_ratio",
            "media",
            "derivatives",
            "warnings",
            "imported",
            "announced",
            "generated",
            "metadata",
            "tags",
            "open_required",
            "error",
            "source_video_id");

    private final Jobs jobs;
    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final Assets assets;
    private final Counters counters;
    private final Cancellation cancellation;
    private final Files files;

    public Deletion(
            Jobs jobs,
            Records records,
            Tables tables,
            Clock clock,
            Assets assets,
            Counters counters,
            Cancellation cancellation,
            Files files) {
        this.jobs = jobs;
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.assets = assets;
        this.counters = counters;
        this.cancellation = cancellation;
        this.files = files;
    }

    /**
     * Deletes the asset with its jobs' results and all files that were made from it.
     *
     * @return false when the asset does not exist, or does not exist any more
     * @throws dev.caravan.failure.StepException Caravan's own, when S3 does not answer; then call again
     */
    public boolean delete(String assetId) {
        Optional<Asset> found = bury(assetId);
        if (found.isEmpty()) {
            return false;
        }
        Asset asset = found.get();
        jobs.ofAsset(assetId).forEach(job -> cancellation.cancel(job, "its asset was deleted"));
        files.removeAll("media/%s/%s/".formatted(asset.owner(), assetId));
        files.remove(asset.source());
        records.update(Write.to(tables.assets(), Assets.key(assetId))
                .whereExists("deleted_at")
                .remove("source"));
        LOG.info("asset {} ({}) was deleted", assetId, asset.source().uri());
        return true;
    }

    /** Makes a tombstone of the asset. Returns it as it was; empty when nothing is left to remove. */
    private Optional<Asset> bury(String assetId) {
        while (true) {
            Optional<Asset> asset = assets.find(assetId).filter(found -> found.source() != null);
            if (asset.isEmpty() || asset.get().deleted()) {
                return asset;
            }
            try {
                records.write(tombstone(asset.get()));
                return asset;
            } catch (ConditionFailed changed) {
                // Another process wrote between reading and writing: read it again.
            }
        }
    }

    private List<TransactWriteItem> tombstone(Asset asset) {
        Write write = assets.writeOf(asset)
                .set("deleted_at", Timestamps.now(clock))
                .set(Tables.EXPIRES, clock.instant().plus(TOMBSTONE_STAYS).getEpochSecond());
        FORGOTTEN.forEach(write::remove);
        List<TransactWriteItem> parts = new ArrayList<>(List.of(write.part()));
        if (asset.status() != null) {
            parts.add(counters.move(asset, asset.status(), null));
        }
        return parts;
    }
}
