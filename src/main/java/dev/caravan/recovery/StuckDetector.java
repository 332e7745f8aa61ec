package dev.caravan.recovery;

import java.time.Instant;
import java.util.List;

/** Finds things of one kind that are stuck. Changes nothing. */
public interface StuckDetector {
    /** Maximum number of results, the oldest first. */
    int MOST = 100;

    /**
     * Finds what has not moved since {@code before}, at most {@link #MOST}.
     *
     * @param before the moment since when something should have happened
     */
    List<StuckItem> look(Instant before);
}
