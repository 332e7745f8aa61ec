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
 * The body of a request, for a thread that may wait. While nobody reads, the client waits too: a megabyte or so lies here at
 * most.
 */
public final class BodyStream extends InputStream {
    private static final long CROWDED = 1 << 20;
    private static final Object END = new Object();
    /** Nothing is left of what came before the client went away. */
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
    /** Known to the event loop alone: nobody is there who could wait. */
    private boolean alone;

    /** The client has gone away. */
    public static final class Gone extends IOException {
        private static final long serialVersionUID = 1L;

        Gone(Throwable cause) {
            super(cause);
        }
    }

    /** Called on the event loop of the request, before it has moved on; from now on the request stands still. */
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

    /** Ends the reading from another thread: from now on there is nothing but this reason. */
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
     * @throws Gone when the client has gone away
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

    /** Bytes that had come in while the request stood still follow the news that its client is gone. */
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
