package dev.caravan.ffmpeg;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running process with all its descendants, which are ended together and at once. The process itself goes last: while it
 * is there, whatever it forks meanwhile can be found. That matters in a jail, whose first process forks the second, and
 * whose second outlives it when it is only just being born.
 */
final class Child {
    private static final int ROUNDS = 30;
    private static final long ROUND_MILLIS = 10;

    private final Process process;
    private final boolean jailed;
    private final AtomicReference<KillReason> killed = new AtomicReference<>();

    /** @param jailed whether the process is the jail's, which will have a child of its own if it has none yet */
    Child(Process process, boolean jailed) {
        this.process = process;
        this.jailed = jailed;
    }

    /** Ends the whole tree within a third of a second; the first reason stands. */
    void kill(KillReason reason) {
        killed.compareAndSet(null, reason);
        boolean born = !jailed;
        for (int round = 0; round < ROUNDS && process.isAlive(); round++) {
            List<ProcessHandle> below = process.descendants().toList();
            below.forEach(ProcessHandle::destroyForcibly);
            born |= !below.isEmpty();
            if (below.isEmpty() && born || ended()) {
                break;
            }
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private boolean ended() {
        try {
            return process.waitFor(ROUND_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits for the end, at most {@code most}; true when it has come. */
    boolean waitFor(Duration most) throws InterruptedException {
        return process.waitFor(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Why we killed it; null when we did not. */
    KillReason killed() {
        return killed.get();
    }

    Process process() {
        return process;
    }
}
