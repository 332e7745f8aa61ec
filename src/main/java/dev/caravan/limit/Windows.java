package dev.caravan.limit;

import dev.caravan.job.Rate;
import java.time.Duration;

/**
 * Gives tokens from sliding windows, by name: only if, with the token, no period of the rate's length holds more tokens than
 * the rate allows.
 */
interface Windows {
    /**
     * A request for a token.
     *
     * @param token its name, for giving it back
     * @param waiter waits where no token is free: each waiter is promised a moment of its own; empty for a caller that asks
     *     again anyway
     */
    record Asking(String token, String waiter) {}

    /** @return zero when the token is given, else the time after which to ask again */
    Duration take(String name, Rate rate, Asking asking);

    /** Returns a token that was not used. */
    void giveBack(String name, String token);
}
