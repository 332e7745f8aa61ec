package dev.caravan.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Refuses requests that a page of another site made somebody's browser send. Nothing is looked at before. */
final class Guard implements Handler<RoutingContext> {
    private final OwnNames names;

    Guard(OwnNames names) {
        this.names = names;
    }

    @Override
    public void handle(RoutingContext context) {
        check(context.request()).ifPresentOrElse(problem -> VertxAnswers.problem(context, problem), context::next);
    }

    private Optional<Problem> check(HttpServerRequest request) {
        HostAndPort host = request.authority();
        if (host == null || request.headers().getAll(HttpHeaders.HOST).size() > 1 || !ours(host, request)) {
            return Optional.of(Problem.of(
                    ProblemCode.FOREIGN_HOST,
                    "Requests to the host " + request.getHeader(HttpHeaders.HOST) + " are not answered here",
                    "If this Caravan shall be reached by that name, add it to caravan.http.allowed-hosts"
                            + " (CARAVAN_HTTP_ALLOWED_HOSTS), or set API_URL to the address that clients use."));
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !names.includesOrigin(origin, host.toString())) {
            return Optional.of(Problem.of(
                    ProblemCode.FOREIGN_ORIGIN,
                    "Pages of " + origin + " may not use this Caravan",
                    "If they shall, add " + origin
                            + " to caravan.http.allowed-origins (CARAVAN_HTTP_ALLOWED_ORIGINS)."));
        }
        return Optional.empty();
    }

    private boolean ours(HostAndPort host, HttpServerRequest request) {
        int port = host.port() > 0 ? host.port() : request.isSSL() ? 443 : 80;
        return names.includesHost(host.host(), port, request.localAddress().hostAddress());
    }
}
