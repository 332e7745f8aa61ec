package dev.caravan.local;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restarts Redis on its port when it has ended by itself; its data are kept. */
final class KeptRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptRedis.class);

    private final RedisFolder folder;
    private final String password;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "keep-redis");
        thread.setDaemon(true);
        return thread;
    });

    private volatile RedisServer server;
    private boolean reported;

    private KeptRedis(RedisFolder folder, String password, RedisServer server) {
        this.folder = folder;
        this.password = password;
        this.server = server;
    }

    /**
     * @param wanted the port, or 0 for any
     * @throws IOException when there is no Redis program or it does not start; the message says why
     */
    static KeptRedis start(RedisFolder folder, int wanted, String password) throws IOException, InterruptedException {
        KeptRedis kept = new KeptRedis(folder, password, RedisServer.start(folder, wanted, password));
        kept.timer.scheduleWithFixedDelay(kept::look, 1, 1, TimeUnit.SECONDS);
        return kept;
    }

    private void look() {
        if (server.alive()) {
            return;
        }
        try {
            server = RedisServer.start(folder, server.port(), password);
            reported = false;
            LOG.warn("The embedded Redis had ended; it was started again");
        } catch (IOException | LocalCloudException e) {
            if (!reported) {
                reported = true;
                LOG.warn("The embedded Redis has ended and does not start again yet: {}", e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long pid() {
        return server.pid();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        timer.awaitTermination(5, TimeUnit.SECONDS);
        server.close();
    }
}
