package dev.caravan.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * What a request passes before it comes to Camel: the guard, headers for every answer, one form of each path, the
 * documentation page, and the doorkeeper. What features put before or behind the doorkeeper is a {@link Door}.
 */
final class FrontDoor {
    private final Guard guard;
    private final Docs docs;
    private final List<Door> doors;
    private final Doorkeeper doorkeeper;

    FrontDoor(Guard guard, Docs docs, List<Door> doors, Doorkeeper doorkeeper) {
        this.guard = guard;
        this.docs = docs;
        this.doors = doors;
        this.doorkeeper = doorkeeper;
    }

    void install(Router router) {
        router.route().order(-50).handler(FrontDoor::harden).failureHandler(FrontDoor::failed);
        router.route().order(-40).handler(guard);
        router.route().order(-30).handler(FrontDoor::oneForm);
        docs.install(router);
        doors.forEach(door -> door.install(router));
        router.route().order(-10).handler(doorkeeper);
        router.route().last().handler(Doorkeeper::unknownPath);
        // What fails before any route is looked at: a path that is not URL-encoded.
        router.errorHandler(400, FrontDoor::malformed);
    }

    private static void harden(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("Cache-Control", "no-store");
        context.next();
    }

    /** HEAD is GET whose body Vert.x leaves away, and a slash at the end means nothing. */
    private static void oneForm(RoutingContext context) {
        HttpMethod method = context.request().method();
        String uri = context.request().uri();
        String path = context.request().path();
        String plain = path.replaceAll("(?<=.)/+$", "");
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

    private static void failed(RoutingContext context) {
        if (context.response().headWritten()) {
            context.response().reset();
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
