package dev.caravan.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Sends answers before Camel has seen a request. */
public final class VertxAnswers {
    private static final String HEAD = "dev.caravan.http.head";

    private VertxAnswers() {}

    /** Says whether HEAD was requested, which the {@link RequestPipeline} turns into GET: the body is not sent. */
    public static boolean withoutBody(RoutingContext context) {
        return Boolean.TRUE.equals(context.get(HEAD));
    }

    static void leaveBodyAway(RoutingContext context) {
        context.put(HEAD, true);
    }

    /** Answers OPTIONS. */
    public static void options(RoutingContext context, Set<String> methods) {
        context.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.ALLOW, Methods.list(methods))
                .end();
    }

    /** Answers 405. HEAD is accepted wherever GET is. */
    public static void wrongMethod(RoutingContext context, Set<String> methods) {
        String list = Methods.list(methods);
        context.response().putHeader(HttpHeaders.ALLOW, list);
        problem(
                context,
                Problem.of(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "%s does not take %s"
                                .formatted(
                                        context.request().path(),
                                        context.request().method()),
                        "Use " + list + "."));
    }

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
