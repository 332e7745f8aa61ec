package dev.caravan.http;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders the handlers that a request passes before Camel: the meters, headers for every answer, the guard, CORS, one form
 * of each path, the documentation page, the check of the contract, and the limit of bodies. Features add handlers before or
 * after that check as {@link HttpFeature}s.
 */
final class RequestPipeline {
    private static final int NO_CONTENT = 204;

    /** Other names that clients, probes and browsers use. */
    private static final Map<String, String> ALIASES = Map.of(
            "/api/v1/health", "/api/health",
            "/healthz", "/livez",
            "/favicon.ico", "/docs/favicon-32x32.png");

    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

    private final Parts parts;
    private final List<HttpFeature> doors;

    /** @param api whether this process has that role */
    record Parts(
            Contract contract,
            HttpMeters meters,
            Cors cors,
            OriginGuard guard,
            QueryCheck queries,
            ApiDocs docs,
            BodyLimit bodies,
            boolean api) {}

    RequestPipeline(Parts parts, List<HttpFeature> doors) {
        this.parts = parts;
        this.doors = doors;
    }

    void install(Router router) {
        router.route().order(-70).handler(RequestPipeline::oneAfterTheOther);
        router.route().order(-60).handler(parts.meters());
        router.route().order(-50).handler(this::harden).failureHandler(this::failed);
        router.route().order(-40).handler(parts.guard());
        router.route().order(-35).handler(parts.cors());
        router.route().order(-30).handler(RequestPipeline::oneForm);
        if (!parts.api()) {
            router.route().order(-25).handler(new HealthOnlyApi());
        }
        router.route().order(-22).handler(parts.queries());
        parts.docs().install(router);
        doors.forEach(door -> door.install(router));
        router.route().order(-10).handler(new UnknownPathHandler(parts.contract()));
        router.route().order(-8).handler(parts.bodies());
        router.get(LivenessHandler.PATH).order(-7).handler(new LivenessHandler());
        router.route().last().handler(UnknownPathHandler::unknownPath);
        // A request that fails before any route is tried: its path is not URL-encoded.
        router.errorHandler(400, RequestPipeline::malformed);
    }

    /** Reads nothing more from a connection after an answer that closes it. */
    private static void oneAfterTheOther(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        if (ConnectionTimeouts.isOver(connection)) {
            connection.close();
            return;
        }
        ConnectionTimeouts.headCame(connection);
        context.addHeadersEndHandler(head -> {
            if (context.response().headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true)) {
                ConnectionTimeouts.last(connection);
            }
        });
        context.addEndHandler(end -> {
            if (ConnectionTimeouts.isOver(connection)) {
                connection.close();
            } else {
                ConnectionTimeouts.answered(connection);
            }
        });
        context.next();
    }

    private void harden(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("Cross-Origin-Resource-Policy", parts.guard().embedding())
                .putHeader("Cache-Control", "no-store");
        // Camel names a type for every answer; one without a body has none (RFC 9110, 8.3).
        context.addHeadersEndHandler(head -> {
            if (response.getStatusCode() == NO_CONTENT) {
                response.headers().remove(HttpHeaders.CONTENT_TYPE);
            }
        });
        context.next();
    }

    /**
     * Gives a request one form: HEAD is GET whose body Vert.x omits, a slash at the end has no meaning, and some paths have
     * two names.
     */
    private static void oneForm(RoutingContext context) {
        HttpMethod method = context.request().method();
        String uri = context.request().uri();
        String path = context.request().path();
        String slashless = withoutSlash(path);
        String plain = ALIASES.getOrDefault(slashless, slashless);
        if (method.equals(HttpMethod.HEAD)) {
            VertxAnswers.leaveBodyAway(context);
        }
        if (method.equals(HttpMethod.HEAD) || !plain.equals(path)) {
            context.reroute(
                    method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method, plain + uri.substring(path.length()));
        } else {
            context.next();
        }
    }

    static String withoutSlash(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private void failed(RoutingContext context) {
        if (context.response().closed() || context.failure() instanceof HttpClosedException) {
            LOG.debug(
                    "{} {}: the client has gone",
                    context.request().method(),
                    context.request().path());
        } else if (context.response().headWritten()) {
            context.response().reset();
        } else if (BodyLimit.exceeded(context)) {
            parts.bodies().refuse(context);
        } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
            malformed(context);
        } else {
            VertxAnswers.problem(context, Problems.of(context.failure()));
        }
    }

    private static void malformed(RoutingContext context) {
        VertxAnswers.problem(
                context,
                Problem.of(
                        ProblemCode.MALFORMED_REQUEST,
                        "The request is not well-formed HTTP",
                        "Check the encoding of its path and headers."));
    }
}
