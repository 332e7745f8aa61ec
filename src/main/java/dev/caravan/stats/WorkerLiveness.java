package dev.caravan.stats;

import dev.caravan.work.WorkerRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Decides which workers live. A worker whose heartbeat changed between two reads lives, whatever its clock says; the clocks
 * of two machines are compared only for a record that is read for the first time.
 */
final class WorkerLiveness {
    static final Duration DEAD_AFTER = Duration.ofSeconds(30);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<String, Seen> seen = new HashMap<>();

    private record Seen(long beat, long since) {}

    WorkerLiveness(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Returns the live workers; forgets records that are not listed any more. */
    synchronized List<WorkerRecord> alive(List<WorkerRecord> listed) {
        Set<String> there = new HashSet<>();
        listed.forEach(worker -> there.add(worker.identity()));
        seen.keySet().retainAll(there);
        return listed.stream().filter(this::alive).toList();
    }

    private boolean alive(WorkerRecord worker) {
        long now = nanoTime.getAsLong();
        Seen last = seen.get(worker.identity());
        if (last == null) {
            last = new Seen(worker.beat(), now - age(worker).toNanos());
        } else if (last.beat() != worker.beat()) {
            last = new Seen(worker.beat(), now);
        }
        seen.put(worker.identity(), last);
        return now - last.since() < DEAD_AFTER.toNanos();
    }

    private Duration age(WorkerRecord worker) {
        Duration age = Duration.between(Instant.parse(worker.seenAt()), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
