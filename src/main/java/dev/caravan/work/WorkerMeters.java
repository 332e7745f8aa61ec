package dev.caravan.work;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Shows the present work of this process's worker as metrics. */
public final class WorkerMeters {
    private WorkerMeters() {}

    /** Shows these pipelines from now on. */
    public static void show(MeterRegistry meters, Worker worker, Collection<String> pipelines) {
        for (String pipeline : pipelines) {
            Gauge.builder("caravan.jobs.running", worker, running -> running(running, pipeline))
                    .description("Jobs that this worker runs")
                    .tag("pipeline", pipeline)
                    .register(meters);
        }
    }

    /** Registers the gauges that belong to no pipeline. */
    public static void bind(MeterRegistry meters, Worker worker) {
        gauge(meters, worker, "caravan.worker.places", "Jobs that this worker may run at once", Worker::places);
        gauge(meters, worker, "caravan.worker.places.taken", "Jobs that this worker runs", Worker::placesTaken);
        gauge(meters, worker, "caravan.worker.slots", "Jobs that may encode at once on this worker", Worker::slots);
        gauge(meters, worker, "caravan.worker.slots.taken", "Jobs that encode on this worker", Worker::slotsTaken);
    }

    private static long running(Worker worker, String pipeline) {
        return worker.running().stream()
                .filter(run -> pipeline.equals(run.job().pipeline()))
                .count();
    }

    private static void gauge(
            MeterRegistry meters, Worker worker, String name, String says, ToDoubleFunction<Worker> value) {
        Gauge.builder(name, worker, value).description(says).register(meters);
    }
}
