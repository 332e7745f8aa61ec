package dev.caravan.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers that are given before Camel has seen a request. */
public final class VertxAnswers {
    private VertxAnswers() {}

    public static void problem(RoutingContext context, Problem problem) {
        head(context, problem)
                .end(Buffer.buffer(problem.at(context.request().path()).json()));
    }

    static HttpServerResponse head(RoutingContext context, Problem problem) {
        if (problem.retryAfter() != null) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(problem.retryAfter()));
        }
        return context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    }
}
