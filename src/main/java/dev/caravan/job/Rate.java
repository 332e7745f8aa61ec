package dev.caravan.job;

import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate limit: at most {@code max} starts in any period of the length {@code per}.
 *
 * @param max 1 to 100 000
 * @param per 100 ms to 24 h
 */
public record Rate(int max, Duration per) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\S+)");
    private static final int MAX = 100_000;
    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** @throws IllegalArgumentException saying what is out of range */
    public Rate {
        if (max < 1 || max > MAX) {
            throw new IllegalArgumentException("max must be from 1 to " + MAX);
        }
        if (per.compareTo(MIN) < 0 || per.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("per must be from 100ms to 24h");
        }
    }

    /**
     * Reads {@code 10/1m}: ten a minute.
     *
     * @throws IllegalArgumentException when the text is not a rate
     */
    public static Rate parse(String text) {
        Matcher parts = TEXT.matcher(text.trim());
        if (!parts.matches()) {
            throw new IllegalArgumentException("it must be a rate such as 10/1m");
        }
        return new Rate(Integer.parseInt(parts.group(1)), Settings.toDuration(parts.group(2)));
    }

    @Override
    public String toString() {
        return max + " per " + Settings.toText(per);
    }
}
