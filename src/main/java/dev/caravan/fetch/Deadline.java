package dev.caravan.fetch;

import java.time.Duration;

/** The moment by which all must be done, on the clock that never goes back. */
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }

    /** What is left, but no more than {@code most}; never negative. */
    Duration left(Duration most) {
        Duration left = Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
        return left.compareTo(most) < 0 ? left : most;
    }
}
