package dev.caravan.redis;

import dev.caravan.settings.RedisAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connection to Redis, which may fail and return. It is made in the background and checked every second; a broken
 * one is closed, and a new one has all its subscriptions before it counts as up. No caller ever waits for it.
 */
public final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final int PATIENCE_MILLIS = 2_000;
    /** A pause of this process makes one ping late, not two. */
    private static final int MISSES = 2;

    private final RedisAddress address;
    private final String clientName;
    private final Map<String, Consumer<String>> topics = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "redis-link");
        thread.setDaemon(true);
        return thread;
    });

    private volatile RedissonClient client;
    private int misses;
    private boolean reported;

    /**
     * @param address empty where there is no Redis
     * @param clientName the name under which Redis lists this process
     */
    public RedisLink(Optional<RedisAddress> address, String clientName) {
        this.address = address.orElse(null);
        this.clientName = clientName.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /** Begins to connect, and returns immediately. */
    public void start() {
        if (address != null) {
            timer.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
        }
    }

    /** Returns whether Redis answered the last ping, and every subscription holds. */
    public boolean up() {
        return client != null;
    }

    /** Returns the client; empty while Redis is down, and always where there is none. Its calls may fail nevertheless. */
    public Optional<RedissonClient> client() {
        return Optional.ofNullable(client);
    }

    /** Subscribes to a topic whenever the link is up. Call it before {@link #start}; the listener must not wait. */
    public void hear(String topic, Consumer<String> listener) {
        topics.put(topic, listener);
    }

    /** Sends a message to the present subscribers of the topic; it is lost where the link is down. */
    public void tell(String topic, String message) {
        RedissonClient now = client;
        if (now != null) {
            try {
                now.getTopic(topic, StringCodec.INSTANCE).publishAsync(message);
            } catch (RedisException | IllegalStateException e) {
                LOG.debug("not told: {}", e.getMessage());
            }
        }
    }

    private void look() {
        try {
            if (client == null) {
                connect();
            } else {
                ping(client);
            }
        } catch (IOException | RuntimeException e) {
            down(e);
        }
    }

    private void connect() throws IOException {
        // A client that cannot connect costs threads and a second of work; a socket that cannot costs nothing.
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MILLIS);
        }
        RedissonClient made = Redisson.create(RedisConfig.of(address, clientName));
        try {
            topics.forEach((topic, listener) -> made.getTopic(topic, StringCodec.INSTANCE)
                    .addListener(String.class, (channel, message) -> listener.accept(message)));
        } catch (RuntimeException e) {
            made.shutdown(0, 0, TimeUnit.SECONDS);
            throw e;
        }
        misses = 0;
        reported = false;
        client = made;
        LOG.info("Redis at {} is connected", address);
    }

    private void ping(RedissonClient now) {
        boolean answered =
                now.getRedisNodes(RedisNodes.SINGLE).getInstance().ping(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        misses = answered ? 0 : misses + 1;
        if (misses >= MISSES) {
            throw new IllegalStateException("it does not answer");
        }
    }

    private void down(Exception why) {
        RedissonClient broken = client;
        client = null;
        if (!reported && !timer.isShutdown()) {
            reported = true;
            LOG.warn("Redis at {} {}; Caravan goes on without it: {}", address, verdict(why), reason(why));
        }
        if (broken != null) {
            broken.shutdown(0, 0, TimeUnit.SECONDS);
        }
    }

    /** Redis' error codes for a login that it refuses. */
    private static String verdict(Exception why) {
        return reason(why).matches("(?s).*(WRONGPASS|NOAUTH|NOPERM|invalid password).*")
                ? "refuses our login (REDIS_URL, REDIS_PASSWORD)"
                : "is out of reach";
    }

    /** Returns the innermost cause: clients wrap it in messages about themselves. */
    private static String reason(Throwable why) {
        Throwable innermost = why;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        RedissonClient last = client;
        client = null;
        if (last != null) {
            last.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }
}
