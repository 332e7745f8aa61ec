package dev.caravan;

import dev.caravan.control.DeadLetterIndex;
import dev.caravan.control.QueueMeters;
import dev.caravan.control.QueuePauses;
import dev.caravan.durable.Catalog;
import dev.caravan.durable.DurableSteps;
import dev.caravan.job.JobMeters;
import dev.caravan.settings.Settings;
import dev.caravan.work.Worker;
import dev.caravan.work.WorkerMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells meters and indexes which pipelines exist, at the start and after each change of the pipelines. */
record ShownPipelines(
        Settings settings,
        MeterRegistry meters,
        JobMeters jobs,
        DeadLetterIndex deadLetters,
        QueuePauses pauses,
        Catalog catalog,
        Worker worker) {
    void show() {
        Set<String> fresh = fresh();
        jobs.show(catalog.names());
        deadLetters.know(catalog.names());
        QueueMeters.bind(meters, pauses, fresh);
        if (settings.list("caravan.roles").contains("worker")) {
            DurableSteps.measure(meters, catalog);
            WorkerMeters.show(meters, worker, fresh);
        }
        // Jobs of a pipeline that came back may wait.
        worker.look();
    }

    /** A gauge that is registered twice is a warning in the log. */
    private Set<String> fresh() {
        return catalog.names().stream()
                .filter(name -> meters.find("caravan.queue.paused")
                        .tag("pipeline", name)
                        .gauges()
                        .isEmpty())
                .collect(Collectors.toSet());
    }
}
