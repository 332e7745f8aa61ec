package dev.caravan.limit;

import dev.caravan.job.Rate;
import dev.caravan.redis.RedisLink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares windows through Redis, and keeps them in this process alone while Redis is down. A token needs both: so this
 * process never takes more than the rate by itself, also while Redis fails and returns.
 */
final class SharedWindows implements Windows {
    private static final Logger LOG = LoggerFactory.getLogger(SharedWindows.class);
    /** After a start Redis is not connected yet; if each process counted alone meanwhile, the sum would exceed the rate. */
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    private static final Duration SHORTLY = Duration.ofMillis(200);

    private final RedisLink link;
    private final boolean expected;
    private final RedisWindows shared;
    private final LocalWindows own;
    private final LongSupplier nanoTime;
    private final long since;
    private final AtomicBoolean alone = new AtomicBoolean();
    private volatile boolean connectedOnce;

    /**
     * @param expected whether there is a Redis to connect to
     * @param prefix of the keys there
     */
    SharedWindows(RedisLink link, boolean expected, String prefix, LongSupplier nanoTime) {
        this.link = link;
        this.expected = expected;
        this.shared = new RedisWindows(prefix);
        this.own = new LocalWindows(nanoTime);
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    @Override
    public Duration take(String name, Rate rate, Asking asking) {
        Optional<RedissonClient> redis = link.client();
        if (redis.isEmpty() && stillConnecting()) {
            return SHORTLY;
        }
        Duration wait = own.take(name, rate, asking);
        if (!wait.isZero()) {
            return wait;
        }
        Duration others = redis.map(client -> ask(client, name, rate, asking)).orElseGet(this::countAlone);
        if (!others.isZero()) {
            own.giveBack(name, asking.token());
        }
        return others;
    }

    private Duration ask(RedissonClient redis, String name, Rate rate, Asking asking) {
        try {
            Duration wait = shared.take(redis, name, rate, asking);
            connectedOnce = true;
            if (alone.compareAndSet(true, false)) {
                LOG.info("limits of rate are counted by Redis again");
            }
            return wait;
        } catch (RuntimeException e) {
            LOG.debug("Redis did not count", e);
            return countAlone();
        }
    }

    private Duration countAlone() {
        if (expected && alone.compareAndSet(false, true)) {
            LOG.warn("Redis does not answer: each process keeps the limits of rate for itself until it does");
        }
        return Duration.ZERO;
    }

    private boolean stillConnecting() {
        return expected && !connectedOnce && nanoTime.getAsLong() - since < TO_CONNECT.toNanos();
    }

    @Override
    public void giveBack(String name, String token) {
        own.giveBack(name, token);
        link.client().ifPresent(redis -> {
            try {
                shared.giveBack(redis, name, token);
            } catch (RuntimeException e) {
                LOG.debug("a token was not given back; its time runs out by itself", e);
            }
        });
    }
}
