package dev.caravan.stats;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts durations in buckets, each 15 % longer than the one before, from a tenth of a second on. A percentile is the middle
 * of its bucket, so its error is at most 7.3 %; shorter durations count as a tenth of a second.
 */
final class Durations {
    /** The maximum error of a percentile, in percent. */
    static final double PRECISION = 7.5;

    private static final double FIRST = 0.1;
    private static final double GROWTH = 1.15;
    /** The last bucket, for more than a year. */
    private static final int LAST = 140;

    private final Map<Integer, Long> buckets = new TreeMap<>();

    static int bucket(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds <= FIRST) {
            return 0;
        }
        return Math.min(LAST, (int) Math.ceil(Math.log(seconds / FIRST) / Math.log(GROWTH)));
    }

    void add(int bucket, long times) {
        buckets.merge(bucket, times, Long::sum);
    }

    void add(Durations more) {
        more.buckets.forEach(this::add);
    }

    Map<Integer, Long> buckets() {
        return buckets;
    }

    /** Returns the seconds within which the part {@code of} of all ended; null where there is none. */
    Double percentile(double of) {
        long all = buckets.values().stream().mapToLong(Long::longValue).sum();
        long rank = (long) Math.ceil(of * all);
        long passed = 0;
        for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
            passed += bucket.getValue();
            if (passed >= rank && all > 0) {
                return middle(bucket.getKey());
            }
        }
        return null;
    }

    /** Returns the middle on the scale of the buckets, so that the error is the same at both ends. */
    private static double middle(int bucket) {
        return bucket == 0 ? FIRST : FIRST * Math.pow(GROWTH, bucket - 0.5);
    }
}
