package dev.caravan.job;

import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Makes the entries of the ready queue. Only this class puts a job into the ready queue or takes it out, so that the
 * attributes of an entry are written together or not at all; {@link ReadyQueueIndex} reads them.
 */
public final class ReadyQueue {
    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final int shards;

    /** @param shards parts of the index, for each priority */
    public ReadyQueue(Records records, Tables tables, Clock clock, int shards) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.shards = shards;
    }

    /**
     * The attributes of a job's record while it waits; a null value is one that the record must not have.
     *
     * @param due not to be claimed before; its age counts from then
     */
    Map<String, Object> entry(String jobId, String pipeline, String owner, int priority, Instant due) {
        String dueAt = Timestamps.of(due);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(JobFields.READY, partition(priority, Math.floorMod(jobId.hashCode(), shards)));
        entry.put(JobFields.LANE, QueueLane.of(pipeline, owner, dueAt));
        entry.put(JobFields.DUE_AT, dueAt);
        entry.put(JobFields.WAITING_FOR, due.isAfter(clock.instant()) ? "due" : null);
        return entry;
    }

    /**
     * Whether the record's entry is where workers look for a job with these values. An older version, or another number of
     * shards, puts it elsewhere.
     */
    boolean stands(Map<String, AttributeValue> item) {
        Job job = Jobs.read(item);
        if (job.dueAt() == null) {
            return false;
        }
        Map<String, Object> right =
                entry(job.jobId(), job.pipeline(), job.owner(), job.priority(), Instant.parse(job.dueAt()));
        return Stream.of(JobFields.READY, JobFields.LANE)
                .allMatch(name -> Items.attribute(right.get(name)).equals(item.get(name)));
    }

    /** The index's partition key: {@code ready#05#0}. */
    static String partition(int priority, int shard) {
        return "ready#%02d#%d".formatted(priority, shard);
    }

    /** Queries the entries of a partition between two lanes. */
    QueryRequest query(String partition, String from, String to, int limit) {
        return QueryRequest.builder()
                .tableName(tables.jobs())
                .indexName(Tables.LINE)
                .keyConditionExpression("#ready = :ready AND #lane BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#ready", JobFields.READY, "#lane", JobFields.LANE))
                .expressionAttributeValues(Items.attributes(Map.of(":ready", partition, ":from", from, ":to", to)))
                .limit(limit)
                .build();
    }

    QueryResponse ask(QueryRequest query) {
        return records.query(query);
    }

    int shards() {
        return shards;
    }

    Instant now() {
        return clock.instant();
    }
}
