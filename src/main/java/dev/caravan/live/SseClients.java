package dev.caravan.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Manages the clients of live events: limits their number, sends keep-alives, and ends them when this Caravan stops. */
final class SseClients implements AutoCloseable {
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(15);

    private final int most;
    private final Counter cut;
    private final Set<SseClient> here = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> JobFollowers.daemon(work, "live-beat"));
    private volatile boolean closed;

    SseClients(int most, MeterRegistry meters) {
        this.most = most;
        this.cut = Counter.builder("caravan.events.clients.cut")
                .description("Clients of live events that were cut off, because they read too slowly")
                .register(meters);
        Gauge.builder("caravan.events.clients", here, Set::size)
                .description("Clients that follow live events")
                .register(meters);
        long millis = BETWEEN_BEATS.toMillis();
        timer.scheduleWithFixedDelay(() -> here.forEach(SseClient::beat), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Returns empty where the limit is reached, or this Caravan is about to stop. Runs on the event loop. */
    Optional<SseClient> enter(RoutingContext context) {
        if (closed || here.size() >= most) {
            return Optional.empty();
        }
        SseClient client = new SseClient(context.request(), context.vertx().getOrCreateContext(), cut::increment);
        here.add(client);
        context.addEndHandler(ended -> here.remove(client));
        return Optional.of(client);
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        here.forEach(SseClient::leave);
    }
}
