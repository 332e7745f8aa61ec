package dev.caravan.control;

import dev.caravan.job.Priority;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Locale;

/** Shows which queues are paused, as read last. */
public final class QueueMeters {
    private QueueMeters() {}

    public static void bind(MeterRegistry meters, QueuePauses queuePauses, Collection<String> pipelines) {
        for (String pipeline : pipelines) {
            for (Priority priority : Priority.values()) {
                Gauge.builder(
                                "caravan.queue.paused",
                                queuePauses,
                                all -> all.last().paused(pipeline, priority) ? 1 : 0)
                        .description("1 while jobs of this kind are held back by a pause")
                        .tag("pipeline", pipeline)
                        .tag("priority", priority.name().toLowerCase(Locale.ROOT))
                        .register(meters);
            }
        }
    }
}
