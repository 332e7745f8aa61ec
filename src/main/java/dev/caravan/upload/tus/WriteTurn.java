package dev.caravan.upload.tus;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time in which one request of this process writes to an upload. */
final class WriteTurn {
    private final Cut cut;
    private final CountDownLatch over = new CountDownLatch(1);
    private long reached;
    private boolean handedOver;

    /** Ends the reading of a request's body, from another thread. */
    interface Cut {
        void because(IOException why);
    }

    /** Thrown when a later request has taken over the upload. */
    static final class HandedOver extends IOException {
        private static final long serialVersionUID = 1L;

        HandedOver() {
            super("A later request has the upload now");
        }
    }

    /** @param from offset at which the request begins */
    WriteTurn(long from, Cut cut) {
        this.reached = from;
        this.cut = cut;
    }

    /** Returns the offset after all bytes that have come and will be kept. */
    synchronized long reached() {
        return reached;
    }

    /**
     * Counts bytes that have come.
     *
     * @throws HandedOver when they are no longer wanted
     */
    synchronized void came(long bytes) throws HandedOver {
        if (handedOver) {
            throw new HandedOver();
        }
        reached += bytes;
    }

    /**
     * Ends this turn for a request that continues at its offset.
     *
     * @return false when its offset is another; then nothing has changed
     */
    synchronized boolean handOver(long from) {
        if (from != reached) {
            return false;
        }
        stop();
        return true;
    }

    synchronized void stop() {
        handedOver = true;
        cut.because(new HandedOver());
    }

    /** Ends the turn: the received bytes are kept, or will not be. */
    void end() {
        over.countDown();
    }

    /** Waits for the end. */
    boolean ended(Duration patience) {
        try {
            return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
