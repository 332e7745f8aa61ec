package dev.caravan.job;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Items;
import dev.caravan.records.Timestamps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Acceptance: an asset and its jobs appear together or not at all, and once only. */
public final class Intake {
    private final Jobs jobs;
    private final Counts counts;
    private final Doorbell doorbell;
    private final int maxRetries;

    /** @param maxRetries of each step, for the record */
    public Intake(Jobs jobs, Counts counts, Doorbell doorbell, int maxRetries) {
        this.jobs = jobs;
        this.counts = counts;
        this.doorbell = doorbell;
        this.maxRetries = maxRetries;
    }

    /** A job to be made. */
    public record Order(String pipeline, Priority priority, Map<String, Object> parameters, boolean required) {}

    /**
     * Accepts a new asset with its jobs and rings for them.
     *
     * @return the ids of the jobs; empty when the asset is known already, alive or as a tombstone
     */
    public List<String> accept(Asset asset, List<Order> orders) {
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(jobs.tables.assets())
                        .item(Items.item(asset))
                        .conditionExpression("attribute_not_exists(asset_id)")
                        .build())
                .build());
        parts.add(counts.move(asset, null, asset.status()));
        List<String> ids = new ArrayList<>();
        for (Order order : orders) {
            String jobId = UUID.randomUUID().toString();
            ids.add(jobId);
            parts.add(put(jobId, asset, order));
            parts.add(jobs.history.event(jobId, "accepted", Map.of("pipeline", order.pipeline())));
        }
        try {
            jobs.records.write(parts);
        } catch (ConditionFailed e) {
            return List.of();
        }
        orders.forEach(order -> jobs.meters.accepted(order.pipeline()));
        if (asset.status() == AssetStatus.PROCESSING) {
            doorbell.ring();
        }
        return ids;
    }

    private TransactWriteItem put(String jobId, Asset asset, Order order) {
        String now = Timestamps.now(jobs.clock);
        Map<String, Object> item = new LinkedHashMap<>(Jobs.key(jobId));
        item.put("schema_version", Job.SCHEMA_VERSION);
        item.put("asset_id", asset.assetId());
        item.put("owner", asset.owner());
        item.put("pipeline", order.pipeline());
        item.put("parameters", order.parameters());
        item.put("priority", order.priority().number());
        item.put("status", JobStatus.QUEUED.name());
        item.put("progress_percentage", 0);
        item.put("retry_count", 0);
        item.put("max_retries", maxRetries);
        item.put("steps", Map.of());
        item.put("required", order.required());
        item.put("source", asset.source());
        item.put("fence", 0);
        item.put("crashes", 0);
        item.put("ready", Ready.partition(jobId, order.priority().number(), jobs.shards()));
        item.put("due_at", now);
        item.put("created_at", now);
        item.put("updated_at", now);
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(jobs.tables.jobs())
                        .item(Items.attributes(item))
                        .build())
                .build();
    }
}
