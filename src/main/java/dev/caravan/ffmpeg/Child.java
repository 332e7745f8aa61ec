package dev.caravan.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A running process with all its descendants, which are ended together and at once: those that we see one by one, and its
 * process group as a whole, so that one that was being forked meanwhile does not escape.
 */
final class Child {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final ChildStarter starter;
    private final AtomicReference<KillReason> killed = new AtomicReference<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    Child(Process process, ChildStarter starter) {
        this.process = process;
        this.starter = starter;
    }

    /** Ends the whole tree; the first reason stands. */
    void kill(KillReason reason) {
        killed.compareAndSet(null, reason);
        List<ProcessHandle> tree = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        killGroup();
        tree.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .thenRun(() -> gone.complete(null));
    }

    /** The child leads a group of its own where setsid is there; where not, this finds none. */
    private void killGroup() {
        try {
            starter.start(List.of("sh", "-c", "kill -KILL -- -" + process.pid()), Path.of("/"))
                    .waitFor(1, TimeUnit.SECONDS);
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
