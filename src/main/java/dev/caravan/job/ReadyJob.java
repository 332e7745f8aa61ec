package dev.caravan.job;

import dev.caravan.json.Json;
import dev.caravan.records.Items;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A job in the ready queue, as its index shows it. It may be stale: only the claim decides. */
public record ReadyJob(
        String jobId, String owner, String pipeline, int priority, long fence, int crashes, String dueAt, String lane) {

    static ReadyJob read(Map<String, AttributeValue> item) {
        return Json.convert(Items.map(item), ReadyJob.class);
    }
}
