package dev.caravan.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.Exchange;

/** Answers the metrics route. */
public final class Metrics implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry meters;
    private final BacklogMeters backlog;

    Metrics(PrometheusMeterRegistry meters, BacklogMeters backlog) {
        this.meters = meters;
        this.backlog = backlog;
    }

    /** Returns all meters: as OpenMetrics for clients that accept it, and in Prometheus' older format for all others. */
    public String scrape(Exchange exchange) {
        backlog.refresh();
        String accept = exchange.getMessage().getHeader("Accept", "", String.class);
        String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, type);
        return meters.scrape(type);
    }

    @Override
    public void close() {
        backlog.close();
    }
}
