package dev.caravan.stream;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.Problems;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Archived;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Reads S3 by plain HTTP, for bytes that are streamed to a client. */
final class Upstream {
    /** Longest wait for a connection, free or new, and then for the head of the answer. */
    private static final long PATIENCE_MILLIS = 10_000;

    /** Shorter than the time after which S3 closes unused connections. */
    private static final int KEEP_SECONDS = 3;

    private static final int WAITING_PER_CONNECTION = 16;
    private static final int FORBIDDEN = 403;
    private static final int CHUNK = 128 * 1024;

    private final int connections;
    private final int stallSeconds;
    private final AtomicReference<HttpClient> client = new AtomicReference<>();

    Upstream(Settings settings) {
        connections = settings.number("caravan.stream.connections");
        stallSeconds =
                (int) Math.max(1, settings.duration("caravan.stream.stall").toSeconds());
    }

    /**
     * Returns the answer of S3, of which only the head was read. A caller that does not read it to its end must reset its
     * request.
     *
     * @param url presigned, for GET
     * @return failed with a {@link ProblemException}: {@code FILE_GONE}, {@code ARCHIVED} or {@code STORE_UNAVAILABLE}
     */
    Future<HttpClientResponse> get(Vertx vertx, String url, StreamFile streamFile, ByteRange range) {
        long length = range instanceof ByteRange.Part part
                ? part.length()
                : streamFile.file().size();
        return send(vertx, url, streamFile, range)
                // S3 closed the connection just when it was taken from the pool.
                .recover(thrown -> closed(thrown) ? send(vertx, url, streamFile, range) : Future.failedFuture(thrown))
                .recover(thrown -> Future.failedFuture(unavailable(streamFile, thrown.toString())))
                .compose(answer -> checked(answer, streamFile, range, length));
    }

    private Future<HttpClientResponse> send(Vertx vertx, String url, StreamFile streamFile, ByteRange range) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setConnectTimeout(PATIENCE_MILLIS)
                .putHeader(HttpHeaders.IF_MATCH, streamFile.tag());
        if (range instanceof ByteRange.Part part) {
            options.putHeader("Range", part.header());
        }
        return client(vertx).request(options).compose(request -> {
            long timer = vertx.setTimer(PATIENCE_MILLIS, id -> request.reset());
            return request.send().onComplete(ended -> vertx.cancelTimer(timer));
        });
    }

    private static Future<HttpClientResponse> checked(
            HttpClientResponse answer, StreamFile streamFile, ByteRange range, long length) {
        int expected = range instanceof ByteRange.Part ? 206 : 200;
        if (answer.statusCode() == expected
                && String.valueOf(length).equals(answer.getHeader(HttpHeaders.CONTENT_LENGTH))) {
            return Future.succeededFuture(answer);
        }
        if (answer.statusCode() == FORBIDDEN) {
            return answer.body()
                    .compose(body -> Future.failedFuture(Archived.of(streamFile.file(), body.toString())
                            .map(StreamHandler::archived)
                            .orElseGet(() -> unavailable(streamFile, "S3 answered " + FORBIDDEN))));
        }
        answer.request().reset();
        return Future.failedFuture(
                switch (answer.statusCode()) {
                    case 404 -> gone(streamFile, "was removed");
                    case 412 -> gone(streamFile, "was overwritten");
                    default -> unavailable(streamFile, "S3 answered " + answer.statusCode());
                });
    }

    private static boolean closed(Throwable thrown) {
        return thrown instanceof HttpClosedException
                || (thrown instanceof IOException && !(thrown instanceof ConnectException));
    }

    private static ProblemException gone(StreamFile streamFile, String how) {
        return new ProblemException(
                ProblemCode.FILE_GONE,
                "The file %s %s after this video got it"
                        .formatted(streamFile.file().uri(), how),
                "Ask for another file of the video, or upload it again.");
    }

    private static ProblemException unavailable(StreamFile streamFile, String why) {
        return new ProblemException(
                Problems.storeUnavailable("reading " + streamFile.file().uri() + ": " + why));
    }

    /** Returns the client, which the first stream makes; it ends with its Vert.x. */
    private HttpClient client(Vertx vertx) {
        HttpClient there = client.get();
        if (there != null) {
            return there;
        }
        HttpClient made = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(connections)
                .setMaxWaitQueueSize(connections * WAITING_PER_CONNECTION)
                .setKeepAliveTimeout(KEEP_SECONDS)
                .setConnectTimeout((int) PATIENCE_MILLIS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(stallSeconds)
                .setMaxChunkSize(CHUNK));
        if (client.compareAndSet(null, made)) {
            return made;
        }
        made.close();
        return client.get();
    }
}
