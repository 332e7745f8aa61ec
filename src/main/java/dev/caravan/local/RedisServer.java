package dev.caravan.local;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs Redis as a child process, append-only.
 *
 * <p>Redis ends with this process, even if it is killed: a companion waits for the end of a pipe that only this process
 * holds open.
 */
final class RedisServer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000;

    /** Starts the companion, then becomes Redis: {@code $$} is the process id of both. */
    private static final String WITH_COMPANION =
            "exec 3<&0; (cat <&3 >/dev/null; kill $$) & exec \"$0\" \"$1\" 3<&- </dev/null";

    private final Process process;
    private final int port;

    private RedisServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param wanted the port, or 0 for any
     * @throws IOException when there is no Redis program or it does not start; the message says why
     */
    static RedisServer start(RedisFolder folder, int wanted, String password) throws IOException, InterruptedException {
        var leftover = folder.leftover();
        if (leftover.isPresent()) {
            end(leftover.get());
        }
        int port = Port.reserve("Redis", wanted, LocalSettings.REDIS_PORT).number();
        Process process = new ProcessBuilder(command(folder, port, password))
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.log().toFile())
                .start();
        process.onExit().thenRun(() -> dismissCompanion(process));
        RedisServer server = new RedisServer(process, port);
        try {
            server.awaitReady(folder, password);
            return server;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Starts Redis in a session of its own, or Ctrl-C would end Redis before the components that still use it. */
    private static List<String> command(RedisFolder folder, int port, String password) throws IOException {
        List<String> command = new ArrayList<>();
        Programs.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of("/bin/sh", "-c", WITH_COMPANION));
        command.add(RedisProgram.find(folder.path()).toString());
        command.add(folder.writeConfiguration(port, password).toString());
        return command;
    }

    private void awaitReady(RedisFolder folder, String password) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!RedisReadiness.answers(port, password)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException("redis-server did not start: "
                        + Files.readString(folder.log()).strip());
            }
            Thread.sleep(10);
        }
    }

    private static void dismissCompanion(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    private static void end(ProcessHandle process) throws InterruptedException {
        process.destroy();
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        end(process.toHandle());
    }
}
