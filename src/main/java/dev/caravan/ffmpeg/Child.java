package dev.caravan.ffmpeg;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Holds a running process with all its descendants, which are ended together. The process itself is ended last: while it
 * runs, whatever it forks meanwhile can be found. That matters in a sandbox, whose first process forks the second, and
 * whose second would outlive it during the fork.
 */
final class Child {
    private static final int ROUNDS = 30;
    private static final long ROUND_MILLIS = 10;

    private final Process process;
    private final boolean jailed;
    private final AtomicReference<KillReason> killed = new AtomicReference<>();

    /** @param jailed whether the process is the sandbox's, which will have a child of its own if it has none yet */
    Child(Process process, boolean jailed) {
        this.process = process;
        this.jailed = jailed;
    }

    /** Ends the whole tree within a third of a second; the first reason is kept. */
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

    /** Waits for the end, at most {@code most}; returns true when the process has ended. */
    boolean waitFor(Duration most) throws InterruptedException {
        return process.waitFor(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Returns why Caravan killed it; null when it did not. */
    KillReason killed() {
        return killed.get();
    }

    Process process() {
        return process;
    }
}
