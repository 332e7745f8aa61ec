package dev.caravan.job;

import dev.caravan.json.Timestamps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Reads the ready queue from its index: jobs that are due, in lanes of one pipeline and owner each. A look is bounded
 * ({@value ReadyQueueScan#MAX_LANES} lanes with something due and {@value ReadyQueueScan#MAX_PAGES} queries for each
 * priority and shard); where there is more, the next look continues where the last one ended. Use it from one thread at a
 * time.
 */
public final class ReadyQueueIndex {
    private final ReadyQueue queue;
    private final Map<String, String> nextStart = new HashMap<>();

    public ReadyQueueIndex(ReadyQueue queue) {
        this.queue = queue;
    }

    /**
     * The result of a look.
     *
     * @param lanes of due jobs, each from the oldest on; none is empty
     * @param leftOut whether more may be waiting than that
     */
    public record Found(List<List<ReadyJob>> lanes, boolean leftOut) {}

    /** Finds due jobs of these pipelines, up to {@code depth} of each lane. */
    public Found due(Priority priority, Collection<String> pipelines, int depth) {
        return due(priority, pipelines, depth, job -> false);
    }

    /** @param outdated entries that are known to be stale */
    public Found due(Priority priority, Collection<String> pipelines, int depth, Predicate<ReadyJob> outdated) {
        List<List<ReadyJob>> lanes = new ArrayList<>();
        boolean leftOut = false;
        if (!pipelines.isEmpty()) {
            NavigableSet<String> encoded = new TreeSet<>();
            pipelines.forEach(pipeline -> encoded.add(QueueLane.encoded(pipeline)));
            String now = Timestamps.of(queue.now());
            for (int shard = 0; shard < queue.shards(); shard++) {
                String partition = ReadyQueue.partition(priority.number(), shard);
                ReadyQueueScan walk = walk(partition, encoded, depth, outdated);
                leftOut |= walk.leftOut();
                walk.lanes().forEach(lane -> add(lanes, lane, now));
            }
        }
        return new Found(lanes, leftOut);
    }

    private static void add(List<List<ReadyJob>> lanes, List<ReadyJob> lane, String now) {
        List<ReadyJob> due =
                lane.stream().takeWhile(job -> job.dueAt().compareTo(now) <= 0).toList();
        if (!due.isEmpty()) {
            lanes.add(due);
        }
    }

    private ReadyQueueScan walk(
            String partition, NavigableSet<String> pipelines, int depth, Predicate<ReadyJob> outdated) {
        ReadyQueueScan walk =
                new ReadyQueueScan(queue, partition, pipelines, depth, outdated, UnaryOperator.identity());
        String first = QueueLane.before(pipelines.first());
        String end = QueueLane.past(pipelines.last());
        String start = nextStart.getOrDefault(partition, first);
        if (start.compareTo(first) <= 0 || start.compareTo(end) >= 0) {
            walk.go(first, end);
        } else {
            walk.go(start, end);
            walk.go(first, start);
        }
        if (walk.stoppedAt() == null) {
            nextStart.remove(partition);
        } else {
            nextStart.put(partition, walk.stoppedAt());
        }
        return walk;
    }
}
