package dev.caravan.upload.presigned;

import dev.caravan.upload.UploadProblems;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of a request, for a thread that may wait. While no thread reads, the client waits too: about a megabyte at most
 * is held here.
 */
public final class BodyStream extends InputStream {
    private static final long CROWDED = 1 << 20;
    private static final Object END = new Object();
    /** Marks the end of the bytes that came before the client left. */
    private static final Object NO_MORE = new Object();

    private static final Object CUT = new Object();

    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final Context loop;
    private final Duration stall;
    private final BlockingQueue<Object> came = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private boolean asked;
    private byte[] piece = {};
    private int position;
    private boolean over;
    private Throwable broken;
    private volatile IOException cut;
    /** Known to the event loop only: there is no thread that could wait. */
    private boolean alone;

    /** Thrown when the client has left. */
    public static final class Gone extends IOException {
        private static final long serialVersionUID = 1L;

        Gone(Throwable cause) {
            super(cause);
        }
    }

    /** Called on the event loop of the request, before it continues; from now on the request is paused. */
    BodyStream(RoutingContext routing, Duration stall) {
        this.routing = routing;
        this.request = routing.request();
        this.loop = routing.vertx().getOrCreateContext();
        this.stall = stall;
        request.pause();
        request.handler(this::piece).endHandler(end -> came.add(END)).exceptionHandler(came::add);
    }

    private void piece(Buffer bytes) {
        came.add(bytes);
        if (waiting.addAndGet(bytes.length()) >= CROWDED && !alone) {
            request.pause();
        }
    }

    /** Ends the reading from another thread, for this reason. */
    public void cut(IOException why) {
        cut = why;
        came.add(CUT);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /**
     * @throws Gone when the client has left
     * @throws IOException also when the reading was {@link #cut}
     * @throws dev.caravan.http.ProblemException {@code UPLOAD_STALLED} when nothing came for too long
     */
    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == piece.length) {
            if (over || !next()) {
                return -1;
            }
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, bytes, from, count);
        position += count;
        return count;
    }

    /** Bytes that can be read without waiting. */
    @Override
    public int available() {
        return piece.length - position;
    }

    private boolean next() throws IOException {
        if (!asked) {
            asked = true;
            loop.runOnContext(now -> begin());
        }
        Object next = awaited();
        if (cut != null) {
            throw cut;
        } else if (next == null) {
            throw UploadProblems.stalled(Math.max(1, stall.toSeconds()));
        } else if (next instanceof Buffer bytes) {
            long left = waiting.addAndGet(-bytes.length());
            if (left < CROWDED && left + bytes.length() >= CROWDED) {
                loop.runOnContext(now -> request.resume());
            }
            piece = bytes.getBytes();
            position = 0;
            return true;
        } else if (next instanceof Throwable gone) {
            broken = gone;
            loop.runOnContext(now -> sweep());
            return true;
        } else if (next == NO_MORE) {
            came.add(next);
            throw new Gone(broken);
        }
        over = true;
        return false;
    }

    /** Collects the bytes that follow the news that the client has left: they had come in while the request was paused. */
    private void sweep() {
        alone = true;
        request.resume();
        loop.runOnContext(later -> came.add(NO_MORE));
    }

    private void begin() {
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            routing.response().writeContinue();
        }
        request.resume();
    }

    private Object awaited() throws IOException {
        try {
            return came.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Gone(e);
        }
    }
}
