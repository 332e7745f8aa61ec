package dev.caravan.ingest;

import dev.caravan.failure.ExceptionText;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through all uploads in the bucket; the bean {@code bucketPoll} of the route poll-bucket. */
public final class BucketPoll {
    private static final Logger LOG = LoggerFactory.getLogger(BucketPoll.class);

    /** Looks that failed one after the other before that is trouble: one may be a store that was away for a moment. */
    private static final int TROUBLE = 3;

    private final Supplier<UnannouncedUploads> uploads;
    private final int page;
    private final BooleanSupplier stopping;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String reason;

    /**
     * @param uploads there once the routes are
     * @param page objects of one listing
     */
    public BucketPoll(Supplier<UnannouncedUploads> uploads, int page, BooleanSupplier stopping) {
        this.uploads = uploads;
        this.page = page;
        this.stopping = stopping;
    }

    /** Starts what is new: what was seen before is in the records, or was looked at since this process started. */
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

    /** Why new objects are not found, and have not been for several looks. */
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
