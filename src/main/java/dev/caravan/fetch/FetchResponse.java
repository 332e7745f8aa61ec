package dev.caravan.fetch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One answer: its head, and its body in pieces for the thread that asks for them. Only a few pieces wait in memory: the
 * rest stays with the sender.
 */
final class FetchResponse implements AutoCloseable {
    private static final int PIECES_AHEAD = 16;
    private static final Object END = new Object();

    private final HttpClientResponse response;
    private final BlockingQueue<Object> pieces = new LinkedBlockingQueue<>();

    /** Called on the response's own event loop, before its first piece. */
    FetchResponse(HttpClientResponse response) {
        this.response = response;
        response.pause();
        response.handler(pieces::add).exceptionHandler(pieces::add).endHandler(end -> pieces.add(END));
        response.fetch(PIECES_AHEAD);
    }

    int status() {
        return response.statusCode();
    }

    /** Returns the header, or null. */
    String header(String name) {
        return response.getHeader(name);
    }

    /**
     * Returns the next piece of the body; null after the last.
     *
     * @throws ConnectionBroken when the connection ended, or nothing came for so long
     */
    byte[] next(long patienceMillis) throws ConnectionBroken {
        Object piece = poll(patienceMillis);
        if (piece == null) {
            throw new ConnectionBroken("nothing came for %.0f s".formatted(patienceMillis / 1e3), null);
        } else if (piece == END) {
            return null;
        } else if (piece instanceof DownloadCancelled downloadCancelled) {
            throw downloadCancelled;
        } else if (piece instanceof Throwable thrown) {
            throw new ConnectionBroken("the connection was closed", thrown);
        }
        response.fetch(1);
        return ((Buffer) piece).getBytes();
    }

    private Object poll(long patienceMillis) throws ConnectionBroken {
        try {
            return pieces.poll(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionBroken("the thread was interrupted", e);
        }
    }

    void callOff() {
        pieces.add(new DownloadCancelled());
    }

    /** Drops the rest of the body. */
    @Override
    public void close() {
        response.request().reset();
    }
}
