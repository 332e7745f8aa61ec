package dev.caravan.cli;

import dev.caravan.Caravan;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one Caravan from its start until SIGTERM or Ctrl-C, with the services that it needs. */
public final class Foreground {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ProgressLine progressLine = new ProgressLine(System.out);
    private final CountDownLatch returned = new CountDownLatch(1);
    private final String name;
    private boolean stopping;

    /** @param name of a process that joins another; null for one that runs alone */
    public Foreground(String name) {
        this.name = name;
    }

    /**
     * Runs the Caravan and returns when it has ended; SIGTERM ends the whole process with 0 instead.
     *
     * @param surroundings started first, closed last
     * @return the exit code: 0, or 1 after a sentence about why it cannot start
     */
    public int run(Callable<? extends EmbeddedServices> surroundings) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            progressLine.says("Starting Caravan");
            EmbeddedServices around = opened(surroundings.call());
            Caravan caravan = opened(Caravan.start(around.properties()));
            RunState state = state(caravan);
            opened(state::delete);
            progressLine.clear();
            System.out.println(ReadyTable.of(state, caravan.cautions()));
            state.write();
            caravan.awaitEnd();
            closeAll();
            return 0;
        } catch (Throwable e) {
            return failed(e);
        } finally {
            returned.countDown();
        }
    }

    private synchronized <T extends AutoCloseable> T opened(T part) throws Exception {
        if (stopping) {
            part.close();
            throw new InterruptedException("stopped while starting");
        }
        open.push(part);
        return part;
    }

    /** Runs when the JVM ends; its own exit code after SIGTERM would be 143, but this is a clean end. */
    private void stop() {
        if (returned.getCount() == 0) {
            return;
        }
        closeAll();
        try {
            returned.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private synchronized void closeAll() {
        stopping = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                log().warn("Something did not end cleanly", e);
            }
        }
    }

    private int failed(Throwable reason) {
        progressLine.clear();
        if (!isStopping()) {
            System.err.println(FailureText.about(reason));
        }
        closeAll();
        return 1;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private RunState state(Caravan caravan) {
        return new RunState(
                caravan.apiUrl(),
                new RunState.Bucket(
                        caravan.s3Endpoint(),
                        caravan.setting("caravan.s3.bucket"),
                        caravan.setting("caravan.aws.access-key"),
                        caravan.setting("caravan.aws.secret-key")),
                Path.of(caravan.setting("caravan.data"))
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                LogOutput.file(),
                ProcessHandle.current().pid(),
                name,
                List.of(caravan.setting("caravan.roles").split("\\s*,\\s*")),
                Cloud.of(caravan::setting));
    }

    /** Is not a constant: a logger at class load would choose the output too early. */
    private static Logger log() {
        return LoggerFactory.getLogger(Foreground.class);
    }
}
