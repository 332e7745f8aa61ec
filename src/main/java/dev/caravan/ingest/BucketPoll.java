package dev.caravan.ingest;

import dev.caravan.failure.ExceptionText;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists all uploads in the bucket; the bean {@code bucketPoll} of the route poll-bucket. */
public final class BucketPoll {
    private static final Logger LOG = LoggerFactory.getLogger(BucketPoll.class);

    /** The number of consecutive failed polls that count as trouble: one may be a short outage of the store. */
    private static final int TROUBLE = 3;

    private final Supplier<UnannouncedUploads> uploads;
    private final int page;
    private final BooleanSupplier stopping;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String reason;

    /**
     * @param uploads available when the routes are
     * @param page objects of one listing
     */
    public BucketPoll(Supplier<UnannouncedUploads> uploads, int page, BooleanSupplier stopping) {
        this.uploads = uploads;
        this.page = page;
        this.stopping = stopping;
    }

    /** Starts the new uploads: known ones are in the records, or were read since this process started. */
    public void look() {
        try {
            String cursor = null;
            do {
                cursor = uploads.get().look(cursor, page, false).next();
            } while (cursor != null && !stopping.getAsBoolean());
            failures.set(0);
        } catch (RuntimeException e) {
            failed(ExceptionText.of(e));
        }
    }

    /** Returns why several consecutive polls failed; empty if they did not. */
    public Optional<String> trouble() {
        return failures.get() >= TROUBLE ? Optional.of(reason) : Optional.empty();
    }

    private void failed(String why) {
        failures.incrementAndGet();
        if (!why.equals(reason) || failures.get() == 1) {
            LOG.warn("the bucket could not be looked through, and will be again: {}", why);
        }
        reason = why;
    }
}
