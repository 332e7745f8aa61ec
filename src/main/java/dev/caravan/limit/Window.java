package dev.caravan.limit;

import dev.caravan.job.Rate;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One sliding window and its waiters: the same algorithm as {@code redis/rate-window.lua}, which serves all processes.
 * Times are nanoseconds since an arbitrary moment.
 */
final class Window {
    /** How long a token is kept for the waiter to whom it was promised. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** Tokens given, oldest first. */
    private final Map<String, Long> given = new LinkedHashMap<>();
    /** When each waiter was told to ask again. */
    private final Map<String, Long> line = new LinkedHashMap<>();

    /** @return 0 when the token is given, else the nanoseconds after which to ask again */
    long take(Rate rate, Windows.Asking asking, long now) {
        long per = rate.per().toNanos();
        given.values().removeIf(at -> at - (now - per) <= 0);
        line.values().removeIf(turn -> turn - (now - GRACE.toNanos()) <= 0);
        Long mine = line.remove(asking.waiter());
        boolean myTurn = mine != null && mine - now <= 0;
        long before = count(line.values(), myTurn ? mine - 1 : now);
        if (given.size() + before < rate.max()) {
            given.put(asking.token(), now);
            return 0;
        }
        boolean early = mine != null && !myTurn;
        long place = count(line.values(), early ? mine : Long.MAX_VALUE);
        long turn = Math.max(turn(rate, place, now), now + 1_000_000);
        if (!asking.waiter().isEmpty()) {
            line.put(asking.waiter(), turn);
        }
        return turn - now;
    }

    void giveBack(String token) {
        given.remove(token);
    }

    /** Returns when a token is free for a waiter that has {@code place} others before it. */
    private long turn(Rate rate, long place, long now) {
        long per = rate.per().toNanos();
        int free = rate.max() - given.size();
        int index = (int) (place % rate.max());
        long base = index < free ? now : List.copyOf(given.values()).get(index - free) + per;
        return base + place / rate.max() * per;
    }

    private static long count(Collection<Long> turns, long until) {
        return turns.stream()
                .filter(turn -> until == Long.MAX_VALUE || turn - until <= 0)
                .count();
    }
}
