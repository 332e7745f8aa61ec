package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Stands before a server and can be shut, so that to whoever comes through it the server is down. */
public final class Gate implements AutoCloseable {
    private final URI server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong answered = new AtomicLong();
    private final int port;
    private volatile ServerSocket listening;

    public Gate(String server) {
        this.server = URI.create(server);
        this.listening = listenAnywhere();
        this.port = listening.getLocalPort();
        accept(listening);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Clients that are connected now. */
    public int connections() {
        return open.size() / 2;
    }

    /** Bytes that the server has sent so far. */
    public long answered() {
        return answered.get();
    }

    public void shut() {
        end(listening);
        open.forEach(Gate::end);
    }

    /** A process that was just being started may hold the port for some milliseconds: it begins with copies of our sockets. */
    public void reopen() {
        listening = Awaitility.await()
                .ignoreExceptions()
                .atMost(Duration.ofSeconds(5))
                .until(() -> listen(port), Objects::nonNull);
        accept(listening);
    }

    /** Below the ports that the system gives to clients: while it is shut, nobody may come to stand here. */
    private static ServerSocket listenAnywhere() {
        for (int tries = 0; ; tries++) {
            try {
                return listen(ThreadLocalRandom.current().nextInt(15_000, 32_000));
            } catch (UncheckedIOException e) {
                if (tries == 100) {
                    throw e;
                }
            }
        }
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        inBackground(() -> {
            while (!from.isClosed()) {
                Socket client = from.accept();
                Socket to = new Socket(server.getHost(), server.getPort());
                open.add(client);
                open.add(to);
                if (from.isClosed()) {
                    end(client);
                    end(to);
                    return;
                }
                pipe(client, to, new AtomicLong());
                pipe(to, client, answered);
            }
        });
    }

    private void pipe(Socket from, Socket to, AtomicLong count) {
        inBackground(() -> {
            try (from;
                    to) {
                byte[] buffer = new byte[16 * 1024];
                for (int n; (n = from.getInputStream().read(buffer)) >= 0; count.addAndGet(n)) {
                    to.getOutputStream().write(buffer, 0, n);
                }
            } finally {
                open.remove(from);
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        shut();
    }
}
