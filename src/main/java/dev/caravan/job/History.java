package dev.caravan.job;

import dev.caravan.failure.Failure;
import dev.caravan.records.Items;
import dev.caravan.records.Tables;
import dev.caravan.records.Timestamps;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What happened to a job, one item per event beside the job's record, written in the same transaction as the change it
 * tells of. The items have none of the index keys, so no list ever shows them.
 */
public final class History {
    public static final String PREFIX = "history#";
    /** The job goes on after its end. */
    public static final String RETRIED = "retried";

    private final Tables tables;
    private final Clock clock;

    History(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    public TransactWriteItem event(String jobId, String event, Map<String, ?> details) {
        String now = Timestamps.now(clock);
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("job_id", jobId);
        item.put(
                "item",
                PREFIX + now + "#"
                        + HexFormat.of()
                                .toHexDigits((short) ThreadLocalRandom.current().nextInt()));
        item.put("at", now);
        item.put("event", event);
        item.putAll(details);
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(tables.jobs())
                        .item(Items.attributes(item))
                        .build())
                .build();
    }

    /** The details of an event that tells of a failure. */
    public static Map<String, Object> failed(String step, Failure failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("step", step);
        details.put("code", failure.code());
        details.put("kind", failure.kind().name());
        details.put("message", failure.message());
        return details;
    }
}
