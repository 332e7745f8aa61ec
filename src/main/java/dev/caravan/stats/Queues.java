package dev.caravan.stats;

import dev.caravan.job.Counted;
import dev.caravan.job.Counts;
import dev.caravan.job.Kind;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.work.WorkerRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What waits, runs and has ended, by kind. The cost does not depend on how many jobs there are. */
public final class Queues {
    private final Pipelines pipelines;
    private final Supplier<Map<Kind, InLine>> line;
    private final Clock clock;

    /** @param line what waits, by kind; only of kinds of which something waits */
    public Queues(Pipelines pipelines, Supplier<Map<Kind, InLine>> line, Clock clock) {
        this.pipelines = pipelines;
        this.line = line;
        this.clock = clock;
    }

    /**
     * All kinds of the pipelines that there are, and those of which there are jobs.
     *
     * @param counted as {@link Counts#read} has it
     * @param workers those that live
     */
    public Map<Kind, QueueCount> of(Map<Kind, Counted> counted, List<WorkerRecord> workers) {
        Instant now = clock.instant();
        Map<Kind, InLine> inLine = line.get();
        Map<Kind, Long> running = Workers.running(workers);
        TreeSet<Kind> kinds = new TreeSet<>(counted.keySet());
        for (String pipeline : pipelines.names()) {
            for (Priority priority : Priority.values()) {
                kinds.add(new Kind(pipeline, priority));
            }
        }
        Map<Kind, QueueCount> queues = new TreeMap<>();
        kinds.forEach(kind -> queues.put(
                kind,
                QueueCount.of(
                        counted.getOrDefault(kind, Counted.NONE),
                        running.getOrDefault(kind, 0L),
                        inLine.getOrDefault(kind, InLine.NOTHING),
                        now)));
        return queues;
    }
}
