package dev.caravan.job;

import dev.caravan.failure.Failure;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes the history of a job: one item per event beside the job's record, in the same transaction as the change that it
 * describes. The items have none of the index keys, so no list shows them.
 */
public final class History {
    public static final String PREFIX = "history#";
    /** The job is retried after its end. */
    public static final String RETRIED = Transition.REQUEUE.event();

    /** Milliseconds by which a key may be ahead of the clock. */
    private static final long MAX_AHEAD = 10_000;

    private final Tables tables;
    private final Clock clock;
    private final AtomicLong moment = new AtomicLong();

    public History(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    public TransactWriteItem event(String jobId, String event, Map<String, ?> details) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put(JobFields.JOB_ID, jobId);
        item.put(
                JobFields.ITEM,
                PREFIX + Timestamps.of(Instant.ofEpochMilli(nextMoment())) + "#"
                        + HexFormat.of()
                                .toHexDigits((short) ThreadLocalRandom.current().nextInt()));
        item.put(JobFields.AT, Timestamps.now(clock));
        item.put(JobFields.EVENT, event);
        item.putAll(details);
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(tables.jobs())
                        .item(Items.attributes(item))
                        .build())
                .build();
    }

    /** Keys are read in their order: a later event of this process never sorts before, unless its clock was set back far. */
    private long nextMoment() {
        long now = clock.millis();
        return moment.updateAndGet(last -> last - now > MAX_AHEAD ? now : Math.max(last + 1, now));
    }

    /** The details of an event that reports a failure. */
    public static Map<String, Object> failed(String step, Failure failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("step", step);
        details.put("code", failure.code());
        details.put("kind", failure.kind().name());
        details.put("message", failure.message());
        return details;
    }
}
