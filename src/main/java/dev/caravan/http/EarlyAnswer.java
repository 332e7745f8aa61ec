package dev.caravan.http;

import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers a request that is still being sent. A connection that is closed while bytes arrive is reset, and many clients
 * then never see the answer: so this announces the end of the connection and continues to read for a while.
 */
public final class EarlyAnswer {
    private static final long MAX_BYTES = 64 << 20;
    private static final long MAX_MILLISECONDS = 5_000;

    private final HttpServerRequest request;
    private long drained;

    private EarlyAnswer(HttpServerRequest request) {
        this.request = request;
    }

    /** Answers, and then closes the connection unless the request has come in whole. */
    public static void problem(RoutingContext context, Problem problem) {
        if (context.response().closed() || context.response().ended()) {
            return;
        }
        if (context.request().isEnded()) {
            VertxAnswers.problem(context, problem);
        } else {
            new EarlyAnswer(context.request()).send(context, problem);
        }
    }

    private void send(RoutingContext context, Problem problem) {
        Buffer body = Buffer.buffer(problem.at(request.path()).json());
        HttpServerResponse response = VertxAnswers.head(context, problem);
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                .write(body)
                .onComplete(sent -> halfClose());
        long timer = context.vertx().setTimer(MAX_MILLISECONDS, late -> close());
        response.closeHandler(closed -> context.vertx().cancelTimer(timer));
        request.handler(this::discard).endHandler(end -> close()).exceptionHandler(gone -> {});
        request.resume();
    }

    private void discard(Buffer bytes) {
        drained += bytes.length();
        if (drained > MAX_BYTES) {
            close();
        }
    }

    private void halfClose() {
        ConnectionBase connection = (ConnectionBase) request.connection();
        if (connection.channel() instanceof DuplexChannel socket && socket.isActive()) {
            socket.shutdownOutput();
        }
    }

    private void close() {
        request.connection().close();
    }
}
