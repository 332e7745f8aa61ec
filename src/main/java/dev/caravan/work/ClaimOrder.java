package dev.caravan.work;

import dev.caravan.job.Priority;
import dev.caravan.job.ReadyJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which waiting job goes first: by priority, where ten minutes of waiting count for one level; then owners in turn, the one
 * served longest ago first; then by age. An owner seen for the first time goes before the one that was served last and
 * after the others: however many come anew, nobody who waits is put off for ever.
 *
 * <p>Whom it served and whom others did, in races that it lost, is all that a worker knows of turns.
 */
final class ClaimOrder {
    static final Duration AGE_OF_ONE_LEVEL = Duration.ofMinutes(10);
    private static final int MAX_OWNERS = 100_000;

    private final Clock clock;
    /** Even numbers for those served, odd ones for those only seen; the smallest goes first. */
    private final Map<String, Long> turns = new LinkedHashMap<>();

    private long served;

    ClaimOrder(Clock clock) {
        this.clock = clock;
    }

    /** The order at this moment, the first that should be claimed first. */
    Comparator<ReadyJob> now() {
        Instant now = clock.instant();
        return Comparator.<ReadyJob>comparingInt(job -> level(job, now))
                .thenComparing(job -> turns.getOrDefault(job.owner(), newcomer()))
                .thenComparing(ReadyJob::dueAt)
                .thenComparing(ReadyJob::jobId);
    }

    /** To be told of all who wait: one of them that is not known takes its turn from now on. */
    void sees(String owner) {
        turns.putIfAbsent(owner, newcomer());
    }

    /** To be told of each claim, here or elsewhere, so that the next turn is another owner's. */
    void served(String owner) {
        served++;
        turns.remove(owner);
        turns.put(owner, 2 * served);
        if (turns.size() > MAX_OWNERS) {
            turns.remove(turns.keySet().iterator().next());
        }
    }

    /** How long the job has been waiting to be claimed. */
    Duration waited(ReadyJob job) {
        return Duration.between(Instant.parse(job.dueAt()), clock.instant());
    }

    private long newcomer() {
        return 2 * served - 1;
    }

    private static int level(ReadyJob job, Instant now) {
        int band = Priority.nearest(job.priority()).ordinal();
        long levels = Duration.between(Instant.parse(job.dueAt()), now).dividedBy(AGE_OF_ONE_LEVEL);
        return (int) Math.max(0, band - Math.max(0, levels));
    }
}
