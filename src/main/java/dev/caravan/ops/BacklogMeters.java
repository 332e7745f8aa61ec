package dev.caravan.ops;

import dev.caravan.job.Backlog;
import dev.caravan.job.Priority;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;

/**
 * Publishes the backlog as gauges. It is counted in the background, and a scrape waits for it only briefly: without DynamoDB
 * the gauges are NaN, and all other metrics are still published.
 */
final class BacklogMeters implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final double MILLIS_PER_SECOND = 1000;

    private final Backlog backlog;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread counting = new Thread(work, "backlog");
        counting.setDaemon(true);
        return counting;
    });
    private Future<Map<Priority, Backlog.Waiting>> counting;
    private volatile Map<Priority, Backlog.Waiting> last = Map.of();

    BacklogMeters(Backlog backlog, Clock clock) {
        this.backlog = backlog;
        this.clock = clock;
    }

    void bind(MeterRegistry meters) {
        for (Priority priority : Priority.values()) {
            gauge("caravan.jobs.waiting", priority, Backlog.Waiting::jobs)
                    .description("Jobs that wait for a worker, due or not, of all processes; at most " + Backlog.MAX)
                    .register(meters);
            gauge("caravan.jobs.waiting.oldest", priority, this::seconds)
                    .description("How long the first job that is due has been waiting, of all processes")
                    .baseUnit("seconds")
                    .register(meters);
        }
    }

    /** Must be called before the gauges are read. One count runs at a time, for all callers. */
    void refresh() {
        try {
            last = counting().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            last = Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Future<Map<Priority, Backlog.Waiting>> counting() {
        if (counting == null || counting.isDone()) {
            counting = thread.submit(backlog::byPriority);
        }
        return counting;
    }

    private Gauge.Builder<?> gauge(String name, Priority priority, ToDoubleFunction<Backlog.Waiting> value) {
        return Gauge.builder(name, this, meters -> {
                    Backlog.Waiting waiting = meters.last.get(priority);
                    return waiting == null ? Double.NaN : value.applyAsDouble(waiting);
                })
                .tag("priority", priority.name().toLowerCase(Locale.ROOT));
    }

    private double seconds(Backlog.Waiting waiting) {
        Instant since = waiting.dueSince();
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / MILLIS_PER_SECOND);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
