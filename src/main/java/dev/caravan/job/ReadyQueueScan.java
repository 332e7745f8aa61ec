package dev.caravan.job;

import dev.caravan.json.Timestamps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Walks once along the lanes of a partition: reads the front of each and skips the rest of it, lanes that are not due, and
 * pipelines that are not wanted. So its cost depends on the number of lanes, not of jobs.
 */
final class ReadyQueueScan {
    /** Lanes with something due that one walk reads at most. */
    static final int MAX_LANES = 200;

    /** Queries that one walk makes at most. */
    static final int MAX_PAGES = 50;

    /** Entries of a query, and the maximum depth that is read of a lane. */
    static final int PAGE = 50;

    private final ReadyQueue queue;
    private final String partition;
    private final NavigableSet<String> pipelines;
    private final int depth;
    private final Predicate<ReadyJob> outdated;
    private final UnaryOperator<QueryRequest> with;
    private final String now;
    private final Map<String, List<ReadyJob>> lanes = new LinkedHashMap<>();
    private int dueLanes;
    private int pages;
    private boolean jumped;
    private String stoppedAt;

    /**
     * @param pipelines encoded, only these; null for all
     * @param depth how many due jobs of each lane are enough
     * @param outdated entries that are known to be stale
     * @param with further settings of each query
     */
    ReadyQueueScan(
            ReadyQueue queue,
            String partition,
            NavigableSet<String> pipelines,
            int depth,
            Predicate<ReadyJob> outdated,
            UnaryOperator<QueryRequest> with) {
        this.queue = queue;
        this.partition = partition;
        this.pipelines = pipelines;
        this.depth = Math.min(depth, PAGE);
        this.outdated = outdated;
        this.with = with;
        this.now = Timestamps.of(queue.now());
    }

    /** The entries that were read, lane by lane in the order of the index, each from its front on. */
    List<List<ReadyJob>> lanes() {
        return List.copyOf(lanes.values());
    }

    /** Whether there may be more than was read. */
    boolean leftOut() {
        return jumped || stoppedAt != null;
    }

    /** The position where the next walk continues; null when this one came to the end. */
    String stoppedAt() {
        return stoppedAt;
    }

    /** Walks between two positions, as far as the bounds of the whole walk allow. */
    void go(String from, String to) {
        String position = from;
        String start = from;
        Map<String, AttributeValue> after = null;
        while (stoppedAt == null) {
            if (pages == MAX_PAGES) {
                stoppedAt = position;
                return;
            }
            pages++;
            QueryResponse page = queue.ask(with.apply(queue.query(partition, start, to, PAGE)).toBuilder()
                    .exclusiveStartKey(after)
                    .build());
            List<ReadyJob> entries = page.items().stream().map(ReadyJob::read).toList();
            entries.forEach(this::add);
            if (!page.hasLastEvaluatedKey()) {
                return;
            }
            ReadyJob last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
            after = null;
            if (last == null) {
                after = page.lastEvaluatedKey();
            } else if (uninteresting(last)) {
                String next = pipelines.higher(QueueLane.pipeline(last.lane()));
                start = next == null ? QueueLane.END : QueueLane.before(next);
                position = start;
            } else if (seenEnough(last)) {
                jumped = true;
                start = QueueLane.pastLane(last.lane());
                position = start;
            } else {
                after = page.lastEvaluatedKey();
                position = QueueLane.name(last.lane());
            }
            if (start.compareTo(to) >= 0) {
                return;
            }
        }
    }

    private void add(ReadyJob job) {
        if (stoppedAt != null || uninteresting(job) || outdated.test(job)) {
            return;
        }
        String name = QueueLane.name(job.lane());
        if (!lanes.containsKey(name) && due(job) && dueLanes++ == MAX_LANES) {
            stoppedAt = name;
            return;
        }
        lanes.computeIfAbsent(name, unknown -> new ArrayList<>()).add(job);
    }

    private boolean uninteresting(ReadyJob job) {
        return pipelines != null && !pipelines.contains(QueueLane.pipeline(job.lane()));
    }

    private boolean seenEnough(ReadyJob last) {
        return !due(last)
                || lanes.getOrDefault(QueueLane.name(last.lane()), List.of()).size() >= depth;
    }

    private boolean due(ReadyJob job) {
        return job.dueAt().compareTo(now) <= 0;
    }
}
