package dev.caravan.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.Locale;

/**
 * Reads bodies that are held in memory, up to a limit: JSON, and bodies that no operation asked for. An operation that
 * takes other types than JSON takes files: it receives and limits them itself, whatever their declared type.
 */
final class BodyLimit implements Handler<RoutingContext> {
    private static final int TOO_LARGE = 413;

    private final Contract contract;
    private final Duration time;
    private final Limit usual;
    private final Limit signed;

    /**
     * @param most bytes
     * @param mostSigned bytes of a body whose signature takes time to check, since any client may send it
     * @param time for a whole body
     */
    BodyLimit(Contract contract, long most, long mostSigned, Duration time) {
        this.contract = contract;
        this.time = time;
        this.usual = Limit.of(most, "caravan.http.max-body");
        this.signed = Limit.of(mostSigned, "caravan.http.max-signed-body");
    }

    private record Limit(BodyHandler reader, long most, String setting) {
        static Limit of(long most, String setting) {
            return new Limit(BodyHandler.create(false).setBodyLimit(most), most, setting);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String type = mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE));
        if (!json(type) && takesFiles(request)) {
            context.next();
        } else {
            bound(context);
            limit(request).reader().handle(context);
        }
    }

    private void bound(RoutingContext context) {
        if (context.request().isEnded()) {
            return;
        }
        long timer = context.vertx().setTimer(time.toMillis(), late -> {
            if (!context.request().isEnded()) {
                EarlyAnswer.problem(context, tooSlow());
            }
        });
        context.addEndHandler(end -> context.vertx().cancelTimer(timer));
    }

    private Problem tooSlow() {
        return Problem.of(
                ProblemCode.BODY_TOO_SLOW,
                "The body of this request did not come within %d s".formatted(time.toSeconds()),
                "Send it again, or raise caravan.http.body-timeout (CARAVAN_HTTP_BODY_TIMEOUT).");
    }

    private Limit limit(HttpServerRequest request) {
        return contract.signed(request.path(), request.method().name()) ? signed : usual;
    }

    private boolean takesFiles(HttpServerRequest request) {
        return contract.bodyTypes(request.path(), request.method().name()).stream()
                .anyMatch(type -> !json(type));
    }

    /** Says whether a request was refused here. */
    static boolean exceeded(RoutingContext context) {
        return context.statusCode() == TOO_LARGE;
    }

    /** Refuses the request. The rest of the body is not read, so no other request can follow on this connection. */
    void refuse(RoutingContext context) {
        Limit limit = limit(context.request());
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        EarlyAnswer.problem(
                context,
                Problem.of(
                        ProblemCode.BODY_TOO_LARGE,
                        "The body of this request is larger than %d bytes".formatted(limit.most()),
                        "Send less at once, or raise %s (%s)."
                                .formatted(
                                        limit.setting(),
                                        limit.setting()
                                                .toUpperCase(Locale.ROOT)
                                                .replace('.', '_')
                                                .replace('-', '_'))));
    }

    private static boolean json(String type) {
        return type.equals(Answers.JSON) || type.endsWith("+json");
    }

    private static String mediaType(String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
