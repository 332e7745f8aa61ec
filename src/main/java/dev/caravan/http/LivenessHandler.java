package dev.caravan.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers {@code GET /livez} outside the pool of workers, in which calls may wait. A client that wants another type, or
 * sends a body, is answered by the route like that of any operation.
 */
final class LivenessHandler implements Handler<RoutingContext> {
    static final String PATH = "/livez";

    private static final Buffer ALIVE = Buffer.buffer("{\"status\":\"alive\"}");

    @Override
    public void handle(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        boolean json = accept == null || accept.contains("*/*") || accept.contains(Answers.JSON);
        if (json && context.request().bytesRead() == 0) {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON).end(ALIVE);
        } else {
            context.next();
        }
    }
}
