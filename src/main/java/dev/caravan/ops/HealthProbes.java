package dev.caravan.ops;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Answers the routes of health and readiness. */
public final class HealthProbes implements AutoCloseable {
    private static final String STATUS = "status";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Health health;
    private final CamelContext context;
    private final BooleanSupplier stopping;

    HealthProbes(Health health, CamelContext context, BooleanSupplier stopping) {
        this.health = health;
        this.context = context;
        this.stopping = stopping;
    }

    /** Returns the whole report, with 503 when Caravan cannot work. */
    public Object health(Exchange exchange) {
        HealthReport report = health.report();
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, report.well() ? OK : UNAVAILABLE);
        return report;
    }

    /** Confirms that this process answers. */
    public Map<String, ?> alive() {
        return Map.of(STATUS, "alive");
    }

    /**
     * Tells whether this process accepts requests: the routes are up, the stores that they need answer, and no stop was
     * requested. It waits for nothing else, as probes have short timeouts.
     */
    public Map<String, ?> ready(Exchange exchange) {
        HealthReport report = health.readiness();
        boolean ready = !stopping.getAsBoolean() && context.isStarted() && report.storesConnected();
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, ready ? OK : UNAVAILABLE);
        return Map.of(STATUS, ready ? "ready" : "not ready", "checks", report.words());
    }

    @Override
    public void close() {
        health.close();
    }
}
