package dev.caravan.job;

import dev.caravan.records.Items;
import dev.caravan.records.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * How many jobs wait for a worker, of all processes. Asked often and from many sides, so an answer is good for two seconds,
 * a failure too; counting ends at {@link #MOST}.
 */
public final class Backlog {
    /** Where counting ends: so many or more. */
    public static final int MOST = 10_000;

    static final Duration FRESH = Duration.ofSeconds(2);
    /** Else a DynamoDB that swallows packets would hold up whoever asks. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Jobs jobs;
    private final LongSupplier nanoTime;
    private Map<Priority, Waiting> last;
    private SdkException refusal;
    private long lastAt;

    public Backlog(Jobs jobs, LongSupplier nanoTime) {
        this.jobs = jobs;
        this.nanoTime = nanoTime;
    }

    /**
     * The jobs of one priority.
     *
     * @param jobs that wait, due or not
     * @param dueSince since when the first of them could have been claimed; null where none is due
     */
    public record Waiting(long jobs, Instant dueSince) {
        private static final Waiting NONE = new Waiting(0, null);

        private Waiting and(Waiting more) {
            boolean earlier = dueSince == null || more.dueSince != null && more.dueSince.isBefore(dueSince);
            return new Waiting(jobs + more.jobs, earlier ? more.dueSince : dueSince);
        }
    }

    /**
     * Jobs that wait, due or not; at most {@link #MOST}.
     *
     * @throws SdkException when DynamoDB does not answer within two seconds
     */
    public long waiting() {
        return byPriority().values().stream().mapToLong(Waiting::jobs).sum();
    }

    /**
     * The same by priority, each of which is there.
     *
     * @throws SdkException when DynamoDB does not answer within two seconds
     */
    public synchronized Map<Priority, Waiting> byPriority() {
        if (last == null && refusal == null || nanoTime.getAsLong() - lastAt > FRESH.toNanos()) {
            refusal = null;
            try {
                last = count();
            } catch (SdkException e) {
                refusal = e;
            }
            lastAt = nanoTime.getAsLong();
        }
        if (refusal != null) {
            throw refusal;
        }
        return last;
    }

    private Map<Priority, Waiting> count() {
        Map<Priority, Waiting> counted = new EnumMap<>(Priority.class);
        int left = MOST;
        for (Priority priority : Priority.values()) {
            Waiting waiting = Waiting.NONE;
            for (int shard = 0; shard < jobs.shards(); shard++) {
                Waiting there = in(Ready.partition(priority.number(), shard), left);
                waiting = waiting.and(there);
                left -= (int) there.jobs();
            }
            counted.put(priority, waiting);
        }
        return counted;
    }

    /** The first entry is the oldest; most partitions are empty most of the time, and then it is all there is to ask for. */
    private Waiting in(String partition, int most) {
        QueryRequest query = QueryRequest.builder()
                .tableName(jobs.tables().jobs())
                .indexName(Tables.READY)
                .keyConditionExpression("ready = :ready")
                .expressionAttributeValues(Items.attributes(Map.of(":ready", partition)))
                .overrideConfiguration(limit -> limit.apiCallTimeout(PATIENCE))
                .build();
        QueryResponse first = jobs.records()
                .query(query.toBuilder().projectionExpression("due_at").limit(1).build());
        if (first.items().isEmpty()) {
            return Waiting.NONE;
        }
        Instant due = Instant.parse(first.items().get(0).get("due_at").s());
        return new Waiting(entries(query, most), due.isAfter(jobs.clock().instant()) ? null : due);
    }

    private long entries(QueryRequest query, int most) {
        QueryRequest page = query.toBuilder().select(Select.COUNT).build();
        long found = 0;
        while (found < most) {
            QueryResponse answer = jobs.records()
                    .query(page.toBuilder().limit((int) (most - found)).build());
            found += answer.count();
            if (!answer.hasLastEvaluatedKey()) {
                break;
            }
            page = page.toBuilder().exclusiveStartKey(answer.lastEvaluatedKey()).build();
        }
        return found;
    }
}
