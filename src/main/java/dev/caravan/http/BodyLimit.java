package dev.caravan.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;

/**
 * Reads bodies that will be held in memory, up to a limit: JSON, and what no operation asked for. An operation that takes
 * something else than JSON takes files: whatever they are said to be, it receives and limits them itself.
 */
final class BodyLimit implements Handler<RoutingContext> {
    private static final int TOO_LARGE = 413;

    private final Contract contract;
    private final BodyHandler reader;
    private final long most;

    /** @param most bytes */
    BodyLimit(Contract contract, long most) {
        this.contract = contract;
        this.reader = BodyHandler.create(false).setBodyLimit(most);
        this.most = most;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String type = mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE));
        if (!json(type) && takesFiles(request)) {
            context.next();
        } else {
            reader.handle(context);
        }
    }

    private boolean takesFiles(HttpServerRequest request) {
        return contract.bodyTypes(request.path(), request.method().name()).stream()
                .anyMatch(type -> !json(type));
    }

    /** Whether a request has failed here. */
    static boolean exceeded(RoutingContext context) {
        return context.statusCode() == TOO_LARGE;
    }

    /** The rest of the body is not read, so nothing can follow on this connection. */
    void refuse(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        VertxAnswers.problem(
                context,
                Problem.of(
                        ProblemCode.BODY_TOO_LARGE,
                        "The body of this request is larger than %d bytes".formatted(most),
                        "Send less at once, or raise caravan.http.max-body (CARAVAN_HTTP_MAX_BODY)."));
    }

    private static boolean json(String type) {
        return type.equals(Answers.JSON) || type.endsWith("+json");
    }

    private static String mediaType(String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
