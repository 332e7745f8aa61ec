package dev.caravan.job;

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
final class History {
    static final String PREFIX = "history#";

    private final Tables tables;
    private final Clock clock;

    History(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    TransactWriteItem event(String jobId, String event, Map<String, ?> details) {
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
}
