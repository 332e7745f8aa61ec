package dev.caravan.stats;

import dev.caravan.job.Backlog;
import dev.caravan.job.Counters;
import dev.caravan.job.JobCount;
import dev.caravan.job.PipelineAndPriority;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.work.WorkerRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts waiting, running and ended jobs, by kind. The cost does not depend on the number of jobs. */
public final class Queues {
    private static final Backlog.Waiting NONE = new Backlog.Waiting(0, 0, null);

    private final Pipelines pipelines;
    private final Backlog backlog;
    private final Clock clock;

    public Queues(Pipelines pipelines, Backlog backlog, Clock clock) {
        this.pipelines = pipelines;
        this.backlog = backlog;
        this.clock = clock;
    }

    /**
     * Returns the kinds of all existing pipelines, and those of which there are jobs.
     *
     * @param counted as {@link Counters#read} returns it
     * @param workers the live ones
     */
    public Map<PipelineAndPriority, QueueCount> of(
            Map<PipelineAndPriority, JobCount> counted, List<WorkerRecord> workers) {
        Instant now = clock.instant();
        Map<PipelineAndPriority, Backlog.Waiting> line = backlog.byKind();
        Map<PipelineAndPriority, Long> running = Workers.running(workers);
        TreeSet<PipelineAndPriority> kinds = new TreeSet<>(counted.keySet());
        for (String pipeline : pipelines.names()) {
            for (Priority priority : Priority.values()) {
                kinds.add(new PipelineAndPriority(pipeline, priority));
            }
        }
        Map<PipelineAndPriority, QueueCount> queues = new TreeMap<>();
        kinds.forEach(kind -> queues.put(
                kind,
                QueueCount.of(
                        counted.getOrDefault(kind, JobCount.NONE),
                        running.getOrDefault(kind, 0L),
                        line.getOrDefault(kind, NONE),
                        now)));
        return queues;
    }
}
