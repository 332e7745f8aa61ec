package dev.caravan.job;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Counts assets by type and status, and jobs by kind and status. The transactions that change a status keep the counts
 * exact, so that no process has to count records.
 */
public final class Counters {
    /** Spreads the counts, so that many assets that change at the same time do not compete for one item. */
    private static final int SHARDS = 16;

    private final Records records;
    private final Tables tables;

    public Counters(Records records, Tables tables) {
        this.records = records;
        this.tables = tables;
    }

    /**
     * All counts at one moment; a count that was never changed is absent.
     *
     * @param assets {@code video_ready -> 12}
     */
    public record Totals(Map<String, Long> assets, Map<PipelineAndPriority, JobCount> jobs) {}

    /** Collects what a transaction changes in the counts of this asset and its jobs. */
    public CounterUpdate of(String assetId) {
        return new CounterUpdate(tables.jobs(), key(Math.floorMod(assetId.hashCode(), SHARDS)));
    }

    /** The update that counts a change of one asset; null as {@code from} adds it, null as {@code to} removes it. */
    public TransactWriteItem move(Asset asset, AssetStatus from, AssetStatus to) {
        return of(asset.assetId()).asset(asset, from, to).parts().get(0);
    }

    /** The update that counts a change of one job; null as {@code from} adds it, null as {@code to} removes it. */
    public List<TransactWriteItem> move(Job job, JobStatus from, JobStatus to) {
        return of(job.assetId()).job(PipelineAndPriority.of(job), from, to).parts();
    }

    /** Totals of assets, {@code video_ready -> 12}; fields that were never counted are absent. */
    public Map<String, Long> totals() {
        return read().assets();
    }

    /** Reads all shards in one request. */
    public Totals read() {
        Totals totals = new Totals(new TreeMap<>(), new TreeMap<>());
        List<Map<String, Object>> keys =
                IntStream.range(0, SHARDS).mapToObj(Counters::key).toList();
        records.get(tables.jobs(), keys).stream()
                .map(Items::map)
                .forEach(item -> item.forEach((field, value) -> {
                    if (value instanceof Long count) {
                        add(totals, field, count);
                    }
                }));
        return totals;
    }

    private static void add(Totals totals, String field, long count) {
        if (CounterField.isOfJobs(field)) {
            totals.jobs()
                    .merge(CounterField.kind(field), JobCount.of(CounterField.status(field), count), JobCount::and);
        } else {
            totals.assets().merge(field, count, Long::sum);
        }
    }

    private static Map<String, Object> key(int shard) {
        return Jobs.itemKey("counts#assets#%02d".formatted(shard), "counts");
    }
}
