package dev.caravan.job;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.records.Write;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Collects what one transaction changes in the counts of one asset and its jobs. All these counts are in the same item,
 * which a transaction may write only once: each change is registered here and becomes part of one write.
 */
public final class CounterUpdate {
    private final String table;
    private final Map<String, Object> key;
    private final Map<String, Integer> changes = new TreeMap<>();

    CounterUpdate(String table, Map<String, Object> key) {
        this.table = table;
        this.key = key;
    }

    /** Counts a change of the asset's status; null as {@code from} adds it, null as {@code to} removes it. */
    public CounterUpdate asset(Asset asset, AssetStatus from, AssetStatus to) {
        if (from != null) {
            change(CounterField.of(asset.type(), from), -1);
        }
        if (to != null) {
            change(CounterField.of(asset.type(), to), 1);
        }
        return this;
    }

    /**
     * Counts a change of a job of the asset: null as {@code from} when it is accepted, null as {@code to} when its record is
     * removed (or is about to expire). All statuses before the end count as one, so that claims and retries within a run
     * change nothing.
     */
    public CounterUpdate job(PipelineAndPriority kind, JobStatus from, JobStatus to) {
        if (from != null) {
            change(CounterField.of(kind, from), -1);
        }
        if (to != null) {
            change(CounterField.of(kind, to), 1);
        }
        return this;
    }

    /** Counts a change of a job's priority; its status stays. */
    public CounterUpdate job(Job job, Priority to) {
        return job(PipelineAndPriority.of(job), job.status(), null)
                .job(new PipelineAndPriority(job.pipeline(), to), null, job.status());
    }

    private void change(String field, int by) {
        changes.merge(field, by, Integer::sum);
    }

    /** The update of the counters; empty where nothing changes. */
    public List<TransactWriteItem> parts() {
        changes.values().removeIf(by -> by == 0);
        if (changes.isEmpty()) {
            return List.of();
        }
        Write write = Write.to(table, key);
        changes.forEach(write::add);
        return List.of(write.part());
    }
}
