package dev.caravan.limit;

import dev.caravan.job.Rate;
import java.time.Duration;

/**
 * Sliding windows, by name: a token is given only if, with it, no stretch of time as long as the rate says holds more tokens
 * than it says.
 */
interface Windows {
    /**
     * Who asks for a token.
     *
     * @param token names it, for giving it back
     * @param waiter who waits for it where none is free: each waiter is promised a moment of its own; empty for somebody who
     *     asks again anyway
     */
    record Asking(String token, String waiter) {}

    /** @return zero when the token is given, else after how long to ask again */
    Duration take(String name, Rate rate, Asking asking);

    /** The token was not used after all. */
    void giveBack(String name, String token);
}
