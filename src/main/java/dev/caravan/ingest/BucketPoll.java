package dev.caravan.ingest;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks through all uploads in the bucket; the bean {@code bucketPoll} of the route poll-bucket. */
public final class BucketPoll {
    private final Supplier<UnannouncedUploads> uploads;
    private final int page;
    private final BooleanSupplier stopping;

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
        String cursor = null;
        do {
            cursor = uploads.get().look(cursor, page, false).next();
        } while (cursor != null && !stopping.getAsBoolean());
    }
}
