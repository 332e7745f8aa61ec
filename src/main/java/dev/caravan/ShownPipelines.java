package dev.caravan;

import dev.caravan.control.QueueMeters;
import dev.caravan.durable.DurableSteps;
import dev.caravan.work.WorkerMeters;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets meters and indexes know all pipelines that there are now; said again after each change of them. */
final class ShownPipelines {
    private ShownPipelines() {}

    static void show(Wiring wiring) {
        Set<String> fresh = fresh(wiring);
        wiring.wired.meters.show(wiring.catalog.names());
        wiring.steering.deadIndex.know(wiring.catalog.names());
        QueueMeters.bind(wiring.meters, wiring.switches, fresh);
        if (wiring.settings.list("caravan.roles").contains("worker")) {
            DurableSteps.measure(wiring.meters, wiring.catalog);
            WorkerMeters.show(wiring.meters, wiring.worker, fresh);
        }
        // Jobs of a pipeline that came back may wait.
        wiring.worker.look();
    }

    /** A gauge that is registered twice is a warning in the log. */
    private static Set<String> fresh(Wiring wiring) {
        return wiring.catalog.names().stream()
                .filter(name -> wiring.meters
                        .find("caravan.queue.paused")
                        .tag("pipeline", name)
                        .gauges()
                        .isEmpty())
                .collect(Collectors.toSet());
    }
}
