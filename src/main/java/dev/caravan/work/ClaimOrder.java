package dev.caravan.work;

import dev.caravan.job.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which waiting job goes first: by priority, where ten minutes of waiting count for one level; then owners in turn, the one
 * served longest ago first; then by age.
 */
final class ClaimOrder {
    static final Duration AGE_OF_ONE_LEVEL = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<String, Long> lastServed = new LinkedHashMap<>();
    private long turn;

    ClaimOrder(Clock clock) {
        this.clock = clock;
    }

    List<ReadyJob> sort(List<ReadyJob> waiting) {
        Map<Integer, List<ReadyJob>> levels = new TreeMap<>();
        waiting.forEach(job ->
                levels.computeIfAbsent(level(job), level -> new ArrayList<>()).add(job));
        List<ReadyJob> sorted = new ArrayList<>();
        levels.values().forEach(level -> sorted.addAll(ownersInTurn(level)));
        return sorted;
    }

    /** To be told of each claim, so that the next turn is another owner's. */
    void served(String owner) {
        lastServed.remove(owner);
        lastServed.put(owner, ++turn);
        if (lastServed.size() > 10_000) {
            lastServed.remove(lastServed.keySet().iterator().next());
        }
    }

    private int level(ReadyJob job) {
        int band = Priority.nearest(job.priority()).ordinal();
        Duration waited = Duration.between(Instant.parse(job.dueAt()), clock.instant());
        return Math.max(0, band - (int) Math.max(0, waited.dividedBy(AGE_OF_ONE_LEVEL)));
    }

    private List<ReadyJob> ownersInTurn(List<ReadyJob> level) {
        Map<String, Deque<ReadyJob>> byOwner = new LinkedHashMap<>();
        level.stream()
                .sorted(Comparator.comparing(ReadyJob::dueAt).thenComparing(ReadyJob::jobId))
                .forEach(job -> byOwner.computeIfAbsent(job.owner(), owner -> new ArrayDeque<>())
                        .add(job));
        List<String> owners = new ArrayList<>(byOwner.keySet());
        owners.sort(Comparator.comparing(owner -> lastServed.getOrDefault(owner, 0L)));
        List<ReadyJob> sorted = new ArrayList<>();
        while (sorted.size() < level.size()) {
            for (String owner : owners) {
                if (!byOwner.get(owner).isEmpty()) {
                    sorted.add(byOwner.get(owner).poll());
                }
            }
        }
        return sorted;
    }
}
