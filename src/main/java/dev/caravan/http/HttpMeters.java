package dev.caravan.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Times every request, refused ones included, when its answer has ended or its connection broke. Values that a client can
 * make up - paths, methods - never become a label.
 */
final class HttpMeters implements Handler<RoutingContext> {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String SEEN = HttpMeters.class.getName();
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };

    private final Contract contract;
    private final MeterProvider<Timer> requests;
    private final MeterProvider<Counter> received;
    private final MeterProvider<Counter> sent;

    HttpMeters(Contract contract, MeterRegistry meters) {
        this.contract = contract;
        this.requests = Timer.builder("caravan.http.request.duration")
                .description("From the head of a request to the end of its answer")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(meters);
        this.received = bytes("caravan.http.received", "Bytes of requests' bodies", meters);
        this.sent = bytes("caravan.http.sent", "Bytes of answers' bodies", meters);
    }

    private static MeterProvider<Counter> bytes(String name, String says, MeterRegistry meters) {
        return Counter.builder(name).description(says).baseUnit("bytes").withRegistry(meters);
    }

    /** Handles a request; a rerouted one comes twice, and counts as the client sent it first. */
    @Override
    public void handle(RoutingContext context) {
        if (context.get(SEEN) == null) {
            context.put(SEEN, true);
            long start = System.nanoTime();
            HttpMethod method = context.request().method();
            context.addEndHandler(ended -> record(context, method, System.nanoTime() - start));
        }
        context.next();
    }

    private void record(RoutingContext context, HttpMethod method, long nanos) {
        String route = route(context);
        requests.withTags(
                        "method",
                        METHODS.contains(method.name()) ? method.name() : "other",
                        "route",
                        route,
                        "status",
                        status(context.response()))
                .record(Duration.ofNanos(nanos));
        received.withTag("route", route).increment(context.request().bytesRead());
        sent.withTag("route", route).increment(context.response().bytesWritten());
    }

    /** Returns the status; {@code none} if the client left before there was an answer. */
    private static String status(HttpServerResponse response) {
        return response.headWritten() ? String.valueOf(response.getStatusCode()) : "none";
    }

    /** Returns the path of the contract, or of the handler that answered. */
    private String route(RoutingContext context) {
        String path = context.request().path();
        return Optional.ofNullable(path)
                .flatMap(asked -> contract.template(RequestPipeline.withoutSlash(asked)))
                .or(() -> Optional.ofNullable(context.currentRoute()).map(Route::getPath))
                .orElse("none");
    }
}
