package dev.caravan.ffmpeg;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A running process with all its descendants, which are ended together and at once. */
final class Child {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final AtomicReference<KillReason> killed = new AtomicReference<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    Child(Process process) {
        this.process = process;
    }

    /** Ends the whole tree; the first reason stands. */
    void kill(KillReason reason) {
        killed.compareAndSet(null, reason);
        List<ProcessHandle> tree = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .thenRun(() -> gone.complete(null));
    }

    /** Waits for the end, at most {@code most}; true when it has come. */
    boolean waitFor(Duration most) throws InterruptedException {
        return process.waitFor(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** After a kill: until the kernel has let go of the tree, and with it of the files that it wrote. */
    void awaitGone() {
        gone.copy()
                .completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Why we killed it; null when we did not. */
    KillReason killed() {
        return killed.get();
    }

    Process process() {
        return process;
    }
}
