package dev.caravan.job;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** How many assets there are by type and status, kept exact in the transactions that change a status. */
public final class Counts {
    /** Spread, so that many assets that change at once do not meet on one item. */
    private static final int SHARDS = 16;

    private final Records records;
    private final Tables tables;

    public Counts(Records records, Tables tables) {
        this.records = records;
        this.tables = tables;
    }

    /** The part of a transaction that moves one asset; null as {@code from} adds it, null as {@code to} removes it. */
    public TransactWriteItem move(Asset asset, AssetStatus from, AssetStatus to) {
        Write write = Write.to(tables.jobs(), key(Math.floorMod(asset.assetId().hashCode(), SHARDS)));
        if (from != null) {
            write.add(field(asset.type(), from), -1);
        }
        if (to != null) {
            write.add(field(asset.type(), to), 1);
        }
        return write.part();
    }

    /** Totals, {@code video_ready -> 12}; fields that never counted are absent. */
    public Map<String, Long> totals() {
        Map<String, Long> totals = new TreeMap<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            records.get(tables.jobs(), key(shard))
                    .map(Items::map)
                    .ifPresent(item -> item.forEach((field, value) -> {
                        if (value instanceof Long count) {
                            totals.merge(field, count, Long::sum);
                        }
                    }));
        }
        return totals;
    }

    private static Map<String, Object> key(int shard) {
        return Map.of("job_id", "counts#assets#%02d".formatted(shard), "item", "counts");
    }

    private static String field(AssetType type, AssetStatus status) {
        return type.word() + "_" + status.word();
    }
}
