package dev.caravan.limit;

import dev.caravan.job.Rate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Keeps the windows of all processes in Redis: each request is one script, which Redis runs atomically. */
final class RedisWindows {
    private static final String SCRIPT = script();

    private final String prefix;

    /** @param prefix of the keys: installations may share a Redis */
    RedisWindows(String prefix) {
        this.prefix = prefix;
    }

    Duration take(RedissonClient redis, String name, Rate rate, Windows.Asking asking) {
        Long micros = redis.getScript(StringCodec.INSTANCE)
                .eval(
                        RScript.Mode.READ_WRITE,
                        SCRIPT,
                        RScript.ReturnType.INTEGER,
                        List.of(given(name), key(name) + ":line"),
                        String.valueOf(rate.max()),
                        micros(rate.per()),
                        asking.token(),
                        asking.waiter(),
                        micros(Window.GRACE));
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    void giveBack(RedissonClient redis, String name, String token) {
        redis.getScoredSortedSet(given(name), StringCodec.INSTANCE).remove(token);
    }

    private String given(String name) {
        return key(name) + ":given";
    }

    /** Puts the name in braces, so that a cluster keeps both keys on one node. */
    private String key(String name) {
        return "{%s:rate:%s}".formatted(prefix, name);
    }

    private static String micros(Duration duration) {
        return String.valueOf(duration.toNanos() / 1000);
    }

    private static String script() {
        try (InputStream in = RedisWindows.class.getResourceAsStream("/redis/rate-window.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
