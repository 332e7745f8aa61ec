package dev.caravan;

import dev.caravan.control.QueueMeters;
import dev.caravan.durable.DurableSteps;
import dev.caravan.work.WorkerMeters;

/** Lets meters and indexes know all pipelines that there are now; said again after each change of them. */
final class ShownPipelines {
    private ShownPipelines() {}

    static void show(Wiring wiring) {
        wiring.wired.meters.show(wiring.catalog.names());
        wiring.steering.deadIndex.know(wiring.catalog.names());
        QueueMeters.bind(wiring.meters, wiring.switches, wiring.catalog.names());
        if (wiring.settings.list("caravan.roles").contains("worker")) {
            DurableSteps.measure(wiring.meters, wiring.catalog);
            WorkerMeters.show(wiring.meters, wiring.worker, wiring.catalog.names());
        }
        // Jobs of a pipeline that came back may wait.
        wiring.worker.look();
    }
}
