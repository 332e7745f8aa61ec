package dev.caravan.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Answers requests that no router sees, because they are not HTTP or are too long, and closes their connections. */
final class UnreadableRequest {
    private UnreadableRequest() {}

    static void refuse(HttpServerRequest request) {
        Problem problem = problem(request.decoderResult().cause());
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Buffer.buffer(problem.json()))
                .onComplete(sent -> request.connection().close());
    }

    private static Problem problem(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.of(
                    ProblemCode.PATH_TOO_LONG,
                    "The path and query of this request are longer than is read here",
                    "Ask for less at once: fewer ids, or a cursor.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            return Problem.of(
                    ProblemCode.HEADERS_TOO_LARGE,
                    "The headers of this request are larger than is read here",
                    "Send fewer or shorter ones: fewer ranges, no cookies.");
        }
        return Problem.of(
                ProblemCode.MALFORMED_REQUEST,
                "The request is not well-formed HTTP",
                "Check its first line, its headers, and the length of its body.");
    }
}
