package dev.caravan.upload;

import dev.caravan.settings.Settings;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits the uploads that one process handles at the same time, through all its handlers. */
public final class UploadPlaces {
    private final int most;
    private final AtomicInteger inHand = new AtomicInteger();

    private UploadPlaces(int most) {
        this.most = most;
    }

    public static UploadPlaces of(Settings settings) {
        return new UploadPlaces(settings.number("caravan.upload.concurrency"));
    }

    /**
     * Takes a place. A client without one is refused rather than kept waiting: it can then do something else, and sockets
     * stay free.
     *
     * @return gives the place back; may be called twice
     * @throws dev.caravan.http.ProblemException {@code TOO_MANY_UPLOADS}
     */
    public Runnable take() {
        if (inHand.incrementAndGet() > most) {
            inHand.decrementAndGet();
            throw UploadProblems.tooManyUploads();
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.getAndSet(false)) {
                inHand.decrementAndGet();
            }
        };
    }
}
