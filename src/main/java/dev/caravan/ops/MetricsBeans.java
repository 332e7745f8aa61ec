package dev.caravan.ops;

import dev.caravan.job.Backlog;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;

/** Binds the beans of the metrics route, and registers the meters that every process has. Features register their own. */
public final class MetricsBeans {
    private MetricsBeans() {}

    public static void bind(
            Registry registry, PrometheusMeterRegistry meters, Backlog backlog, Clock clock, CamelContext context) {
        JvmGcMetrics collections = new JvmGcMetrics();
        List.of(
                        collections,
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(meters));
        BacklogMeters waiting = new BacklogMeters(backlog, clock);
        waiting.bind(meters);
        Metrics metrics = new Metrics(meters, waiting);
        registry.bind("metrics", metrics);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                metrics.close();
                collections.close();
            }
        });
    }
}
