package dev.caravan.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Redis: a child process, append-only.
 *
 * <p>It outlives a killed JVM. The next start on the same folder adopts it when it still answers on a port that suits,
 * and ends it otherwise.
 */
final class RedisServer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000;

    private final RedisFolder folder;
    private final ProcessHandle process;
    private final int port;

    private RedisServer(RedisFolder folder, ProcessHandle process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /**
     * @param wanted the port, or 0 for any
     * @throws IOException when there is no Redis or it does not start; the message says why
     */
    static RedisServer start(RedisFolder folder, int wanted, String password) throws IOException, InterruptedException {
        Optional<RedisServer> leftover = leftover(folder);
        if (leftover.isPresent()) {
            if (leftover.get().suits(wanted, password)) {
                return leftover.get();
            }
            leftover.get().close();
        }
        return launch(
                folder, Port.reserve("Redis", wanted, LocalSettings.REDIS_PORT).number(), password);
    }

    private static RedisServer launch(RedisFolder folder, int port, String password)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        RedisBinary.find(folder.path()).toString(),
                        folder.writeConfiguration(port, password).toString())
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.log().toFile())
                .start();
        folder.remember(new RedisFolder.Note(child.pid(), port));
        RedisServer server = new RedisServer(folder, child.toHandle(), port);
        server.awaitReady(password);
        return server;
    }

    private static Optional<RedisServer> leftover(RedisFolder folder) throws IOException {
        return folder.note().flatMap(note -> ProcessHandle.of(note.pid())
                .filter(process -> worksIn(folder.path(), process))
                .map(process -> new RedisServer(folder, process, note.port())));
    }

    /** The system may have given the noted number to another process meanwhile, but that works elsewhere. */
    private static boolean worksIn(Path folder, ProcessHandle process) {
        try {
            return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), folder);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean suits(int wanted, String password) {
        return (wanted == 0 || wanted == port) && RedisPing.answers(port, password);
    }

    private void awaitReady(String password) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!RedisPing.answers(port, password)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException("redis-server did not start: "
                        + Files.readString(folder.log()).strip());
            }
            Thread.sleep(10);
        }
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        }
        folder.forget();
    }
}
