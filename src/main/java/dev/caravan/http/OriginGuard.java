package dev.caravan.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses requests that a page of another site made a browser send. Nothing of a request is examined before. */
final class OriginGuard implements Handler<RoutingContext> {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final OwnHostNames names;

    OriginGuard(OwnHostNames names) {
        this.names = names;
    }

    @Override
    public void handle(RoutingContext context) {
        check(context.request()).ifPresentOrElse(problem -> refuse(context, problem), context::next);
    }

    private static void refuse(RoutingContext context, Problem problem) {
        if (ambiguous(context.request())) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        VertxAnswers.problem(context, problem);
    }

    /** Tells browsers which pages may show these answers, as Fetch defines it ("Cross-Origin-Resource-Policy header"). */
    String embedding() {
        return names.origins().isEmpty() ? "same-origin" : "cross-origin";
    }

    private Optional<Problem> check(HttpServerRequest request) {
        if (ambiguous(request)) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.MALFORMED_REQUEST,
                            "The length of this request can be read in several ways",
                            "Send Content-Length, or Transfer-Encoding: chunked by HTTP/1.1, and nothing beside it (RFC 9112)."));
        }
        HostAndPort host = target(request);
        if (host == null || request.headers().getAll(HttpHeaders.HOST).size() > 1 || !ours(host, request)) {
            return Optional.of(Problem.of(
                    ProblemCode.FOREIGN_HOST,
                    "Requests to the host " + (host == null ? request.getHeader(HttpHeaders.HOST) : host)
                            + " are not answered here",
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
        if (origin == null && crossSite(request)) {
            return Optional.of(Problem.of(
                    ProblemCode.FOREIGN_ORIGIN,
                    "Pages of other sites may not change anything here",
                    "If they shall, add them to caravan.http.allowed-origins (CARAVAN_HTTP_ALLOWED_ORIGINS)."));
        }
        return Optional.empty();
    }

    /** Detects a cross-site request of a browser that sent no Origin. */
    private static boolean crossSite(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return !SAFE.contains(request.method()) && ("cross-site".equals(site) || "same-site".equals(site));
    }

    /** RFC 9112, 6.1: only the encoding chunked is known here, and in HTTP/1.0 none is trusted. */
    private static boolean ambiguous(HttpServerRequest request) {
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return !encodings.isEmpty()
                && (request.version() == HttpVersion.HTTP_1_0
                        || encodings.size() > 1
                        || !encodings.get(0).strip().equalsIgnoreCase("chunked"));
    }

    /** RFC 9112, 3.2.2: the host of an absolute target wins over the header. */
    private static HostAndPort target(HttpServerRequest request) {
        String uri = request.uri();
        int scheme = uri.indexOf("://");
        if (uri.startsWith("/") || uri.equals("*") || scheme < 0) {
            return request.authority();
        }
        int end = scheme + 3;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return HostAndPort.parseAuthority(uri.substring(scheme + 3, end), -1);
    }

    private boolean ours(HostAndPort host, HttpServerRequest request) {
        int port = host.port() > 0 ? host.port() : request.isSSL() ? 443 : 80;
        return names.includesHost(host.host(), port, request.localAddress().hostAddress());
    }
}
