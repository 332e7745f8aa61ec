package dev.caravan.stats;

import java.time.Instant;

/**
 * What the line tells of the jobs of a kind that wait in it.
 *
 * @param delayed are due later
 * @param dueSince since when the first of the others could have been claimed; null where there is none
 */
public record InLine(long delayed, Instant dueSince) {
    static final InLine NOTHING = new InLine(0, null);
}
