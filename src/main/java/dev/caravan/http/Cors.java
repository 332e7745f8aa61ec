package dev.caravan.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Lets browsers hand Caravan's answers to pages of the sites that the {@link OriginGuard} has let pass, as the
 * <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch standard</a> defines it. Cookies do not matter: Caravan
 * has none.
 */
final class Cors implements Handler<RoutingContext> {
    private static final String EXPOSED =
            "Location, ETag, Content-Range, Accept-Ranges, Content-Length, Retry-After, Preference-Applied, Upload-Offset,"
                    + " Upload-Length, Upload-Metadata, Upload-Expires, Tus-Version, Tus-Resumable, Tus-Max-Size,"
                    + " Tus-Extension, Tus-Checksum-Algorithm";
    /** Two hours; Chromium accepts no more. */
    private static final String MAX_AGE = "7200";
    /** Sent for a page of the internet that calls a Caravan on the visitor's own machine. */
    private static final String PRIVATE_NETWORK = "Access-Control-Request-Private-Network";

    private final Contract contract;

    /** @param contract with the paths of handlers that browsers may call */
    Cors(Contract contract) {
        this.contract = contract;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            context.next();
            return;
        }
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        Optional<String> methods = preflight(request) ? methods(request.path()) : Optional.empty();
        methods.ifPresentOrElse(allowed -> allow(context, allowed), context::next);
    }

    private static boolean preflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static void allow(RoutingContext context, String methods) {
        MultiMap asked = context.request().headers();
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        if (asked.contains(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS)) {
            response.putHeader(
                    HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked.get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS));
        }
        if ("true".equals(asked.get(PRIVATE_NETWORK))) {
            response.putHeader("Access-Control-Allow-Private-Network", "true");
        }
        response.setStatusCode(204).end();
    }

    private Optional<String> methods(String asked) {
        return contract.methods(RequestPipeline.withoutSlash(asked)).map(Methods::list);
    }
}
