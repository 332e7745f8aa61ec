package dev.caravan.intake;

import dev.caravan.asset.Asset;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.NameKey;
import dev.caravan.records.Items;
import dev.caravan.records.Json;
import dev.caravan.records.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Records of jobs as they are when they are accepted. */
final class JobItems {
    private final Jobs jobs;
    private final ToIntFunction<String> maxRetries;

    /** @param maxRetries of a pipeline's steps */
    JobItems(Jobs jobs, ToIntFunction<String> maxRetries) {
        this.jobs = jobs;
        this.maxRetries = maxRetries;
    }

    static Instant due(Intake.Order order, Instant now) {
        return order.runAt() == null || order.runAt().isBefore(now) ? now : order.runAt();
    }

    TransactWriteItem put(String jobId, Asset asset, Intake.Order order) {
        Instant accepted = jobs.clock().instant();
        String now = Timestamps.of(accepted);
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
        item.put("max_retries", maxRetries.applyAsInt(order.pipeline()));
        item.put("steps", Json.toMap(order.steps()));
        item.put("start_from", order.startFrom());
        item.put("required", order.required());
        item.put("source", order.source() == null ? asset.source() : order.source());
        item.put("fence", 0);
        item.put("crashes", 0);
        item.putAll(jobs.line()
                .entry(jobId, order.pipeline(), asset.owner(), order.priority().number(), due(order, accepted)));
        item.put("created_at", now);
        item.put("updated_at", now);
        item.putAll(NameKey.attributes(asset.filename(), accepted, jobId));
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(jobs.tables().jobs())
                        .item(Items.attributes(item))
                        .build())
                .build();
    }
}
