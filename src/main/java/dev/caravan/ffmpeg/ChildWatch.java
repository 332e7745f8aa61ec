package dev.caravan.ffmpeg;

import java.time.Duration;

/** Watches one child until it ends, and ends it at its time limit, without progress, or when its thread is interrupted. */
final class ChildWatch {
    private static final Duration GLANCE = Duration.ofMillis(250);

    private final Child child;
    private final ChildOutput childOutput;
    private final long startedAt = System.nanoTime();
    private final Duration limit;
    private final Duration stall;
    private long pulse = -1;
    private long changedAt = startedAt;

    ChildWatch(Child child, ChildOutput childOutput, Duration limit, Duration stall) {
        this.child = child;
        this.childOutput = childOutput;
        this.limit = limit;
        this.stall = stall;
    }

    void untilEnd() {
        try {
            while (!child.waitFor(GLANCE)) {
                look();
            }
        } catch (InterruptedException e) {
            child.kill(KillReason.STOPPING);
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        long now = System.nanoTime();
        long current = childOutput.pulse();
        if (current != pulse) {
            pulse = current;
            changedAt = now;
        }
        if (now - startedAt > limit.toNanos()) {
            child.kill(KillReason.TIME_LIMIT);
        } else if (now - changedAt > stall.toNanos()) {
            child.kill(KillReason.STALLED);
        }
    }
}
