package dev.caravan.job;

import dev.caravan.job.Backlog.Waiting;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Counts a partition of the ready queue by pipeline. If the partition fits into one page, its entries are counted here;
 * otherwise DynamoDB counts them.
 */
final class ReadyQueueCount {
    /** Limits the wait for a DynamoDB that does not answer, which would hold up the caller. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReadyQueue queue;

    ReadyQueueCount(ReadyQueue queue) {
        this.queue = queue;
    }

    int shards() {
        return queue.shards();
    }

    /** @param most where counting ends */
    Map<String, Waiting> count(String partition, long most) {
        QueryResponse page = ask(queue.query(partition, QueueLane.BEGINNING, QueueLane.END, ReadyQueueScan.PAGE));
        List<ReadyJob> entries = page.items().stream().map(ReadyJob::read).toList();
        Map<String, Waiting> counted = new HashMap<>();
        if (!page.hasLastEvaluatedKey()) {
            entries.forEach(job -> counted.merge(job.pipeline(), waiting(job), Waiting::and));
            return counted;
        }
        long left = most;
        Optional<ReadyJob> first = entries.stream().findFirst();
        while (first.isPresent()) {
            String encoded = QueueLane.pipeline(first.get().lane());
            Waiting there = pipeline(partition, encoded, left);
            counted.put(first.get().pipeline(), there);
            left -= there.jobs();
            first = first(partition, QueueLane.past(encoded));
        }
        return counted;
    }

    private Waiting waiting(ReadyJob job) {
        Instant due = Instant.parse(job.dueAt());
        boolean later = due.isAfter(queue.now());
        return new Waiting(1, later ? 1 : 0, later ? null : due);
    }

    private Optional<ReadyJob> first(String partition, String from) {
        return ask(queue.query(partition, from, QueueLane.END, 1)).items().stream()
                .findFirst()
                .map(ReadyJob::read);
    }

    private Waiting pipeline(String partition, String encoded, long most) {
        ReadyQueueScan fronts = new ReadyQueueScan(queue, partition, null, 1, job -> false, ReadyQueueCount::inTime);
        fronts.go(QueueLane.before(encoded), QueueLane.past(encoded));
        Instant dueSince = fronts.lanes().stream()
                .map(lane -> waiting(lane.get(0)).dueSince())
                .filter(due -> due != null)
                .min(Instant::compareTo)
                .orElse(null);
        return entries(queue.query(partition, QueueLane.before(encoded), QueueLane.past(encoded), 1), most, dueSince);
    }

    /** The filter passes only those that are due later; the number that DynamoDB scanned is that of all. */
    private Waiting entries(QueryRequest query, long most, Instant dueSince) {
        Map<String, AttributeValue> values = new HashMap<>(query.expressionAttributeValues());
        values.put(":now", Items.attribute(Timestamps.of(queue.now())));
        Map<String, String> names = new HashMap<>(query.expressionAttributeNames());
        names.put("#due", JobFields.DUE_AT);
        QueryRequest page = query.toBuilder()
                .select(Select.COUNT)
                .filterExpression("#due > :now")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
        long found = 0;
        long delayed = 0;
        while (found < most) {
            QueryResponse answer =
                    ask(page.toBuilder().limit((int) (most - found)).build());
            found += answer.scannedCount();
            delayed += answer.count();
            if (!answer.hasLastEvaluatedKey()) {
                break;
            }
            page = page.toBuilder().exclusiveStartKey(answer.lastEvaluatedKey()).build();
        }
        return new Waiting(found, delayed, dueSince);
    }

    private QueryResponse ask(QueryRequest query) {
        return queue.ask(inTime(query));
    }

    private static QueryRequest inTime(QueryRequest query) {
        return query.toBuilder()
                .overrideConfiguration(limit -> limit.apiCallTimeout(PATIENCE))
                .build();
    }
}
