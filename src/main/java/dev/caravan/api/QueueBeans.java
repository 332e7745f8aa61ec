package dev.caravan.api;

import dev.caravan.control.Purge;
import dev.caravan.control.QueuePauses;
import dev.caravan.job.Counters;
import dev.caravan.job.Pipelines;
import dev.caravan.stats.Queues;
import dev.caravan.stats.Throughput;
import dev.caravan.stats.Workers;
import java.time.Clock;
import org.apache.camel.spi.Registry;

/** Binds the beans of the routes of queues, workers and statistics. */
public final class QueueBeans {
    private QueueBeans() {}

    /** The parts by which the API shows and changes queues and workers. */
    public record Parts(
            Counters counts,
            Queues queues,
            Workers workers,
            Throughput throughput,
            QueuePauses switches,
            Purge purge) {}

    public static void bind(Registry registry, Pipelines pipelines, Clock clock, Parts parts) {
        registry.bind("queues", new QueueViews(parts, pipelines));
        registry.bind("workers", new WorkerViews(parts.workers(), parts.switches()));
        registry.bind("purging", new Purging(parts.purge(), clock));
        registry.bind("processingStats", new ProcessingStats(parts, pipelines, clock));
    }
}
