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
 * Orders waiting jobs: by priority, where ten minutes of waiting count for one level; then owners in turn, the one served
 * longest ago first; then by age. An owner seen for the first time goes before the one that was served last and after the
 * others: however many new owners come, every owner gets its turn.
 *
 * <p>A worker knows of turns only from its own claims, and from those of other workers when it lost the race for a job.
 */
final class ClaimOrder {
    static final Duration AGE_OF_ONE_LEVEL = Duration.ofMinutes(10);
    private static final int MAX_OWNERS = 100_000;

    private final Clock clock;
    /** Even numbers for owners that were served, odd ones for those only seen; the smallest goes first. */
    private final Map<String, Long> turns = new LinkedHashMap<>();

    private long served;

    ClaimOrder(Clock clock) {
        this.clock = clock;
    }

    /** The order at this moment; the job to claim first is the smallest. */
    Comparator<ReadyJob> now() {
        Instant now = clock.instant();
        return Comparator.<ReadyJob>comparingInt(job -> level(job, now))
                .thenComparing(job -> turns.getOrDefault(job.owner(), newcomer()))
                .thenComparing(ReadyJob::dueAt)
                .thenComparing(ReadyJob::jobId);
    }

    /** Call it for each owner with waiting jobs: one that is not known gets its turn from now on. */
    void sees(String owner) {
        turns.putIfAbsent(owner, newcomer());
    }

    /** Call it for each claim, by this worker or another, so that the next turn is another owner's. */
    void served(String owner) {
        served++;
        turns.remove(owner);
        turns.put(owner, 2 * served);
        if (turns.size() > MAX_OWNERS) {
            turns.remove(turns.keySet().iterator().next());
        }
    }

    /** The time for which the job has been waiting to be claimed. */
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
