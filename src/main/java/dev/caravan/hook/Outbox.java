package dev.caravan.hook;

import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Stores events that no route has taken yet, as items of the jobs table with their own keys. They are written in the
 * transaction of the change, so that none is lost, and removed when the route has taken them.
 */
final class Outbox {
    /** The number of shards, so that many simultaneous ends do not write to one partition. */
    private static final int SHARDS = 8;

    /** The most events of one shard that one look returns: those that no route takes must not hide those behind them. */
    private static final int MAX_OF_SHARD = 500;

    /** An event that no route took in this time is given up. */
    private static final Duration KEPT = Duration.ofDays(3);

    private final DynamoDbClient dynamo;
    private final Tables tables;
    private final Clock clock;

    Outbox(DynamoDbClient dynamo, Tables tables, Clock clock) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.clock = clock;
    }

    /** Returns the part of a transaction that stores the event. */
    TransactWriteItem part(HookEvent event) {
        Map<String, Object> item = new LinkedHashMap<>(key(event));
        item.putAll(event.item());
        item.put(Tables.EXPIRES, clock.instant().plus(KEPT).getEpochSecond());
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(tables.jobs())
                        .item(Items.attributes(item))
                        .build())
                .build();
    }

    void remove(HookEvent event) {
        dynamo.deleteItem(request -> request.tableName(tables.jobs()).key(Items.attributes(key(event))));
    }

    /** Returns the oldest events of each shard that are older than that. */
    List<HookEvent> olderThan(Duration age) {
        String before = Timestamps.of(now().minus(age));
        List<HookEvent> events = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            String part = part(shard);
            dynamo
                    .queryPaginator(request -> request.tableName(tables.jobs())
                            .keyConditionExpression(JobFields.JOB_ID + " = :part AND #item < :before")
                            .expressionAttributeNames(Map.of("#item", JobFields.ITEM))
                            .expressionAttributeValues(Items.attributes(Map.of(":part", part, ":before", before))))
                    .items()
                    .stream()
                    .limit(MAX_OF_SHARD)
                    .map(Items::map)
                    .map(HookEvent::of)
                    .flatMap(Optional::stream)
                    .forEach(events::add);
        }
        return events;
    }

    private Instant now() {
        return clock.instant();
    }

    private static Map<String, Object> key(HookEvent event) {
        return Jobs.itemKey(
                part(Math.floorMod(event.id().hashCode(), SHARDS)),
                event.at() + "#" + event.kind().word + "#" + event.id());
    }

    private static String part(int shard) {
        return "outbox#" + shard;
    }
}
