package dev.caravan.fetch;

import java.time.Duration;

/** The time by which a fetch must end, on a clock that never goes back. */
record Deadline(long nanos) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }

    /**
     * Returns the milliseconds that are left, rounded down, from 0 to {@code most}. After waiting for them a caller is
     * late.
     */
    long millisLeft(Duration most) {
        long left = Math.max(0, nanos - System.nanoTime());
        return Math.min(most.toMillis(), (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
}
