package dev.caravan.work;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rule of who goes next, told once more and without any index: one worker that sees all that waits. Priority; a level up
 * for ten minutes; owners in turn; the oldest.
 */
public final class LineModel {
    /** The owner of each claim that this worker knows of, from the first one on. */
    private final List<String> claims = new ArrayList<>();
    /** How many claims there had been when an owner was seen for the first time. */
    private final Map<String, Integer> seenAfter = new HashMap<>();

    /** @param band 0, 1 or 2 for high, normal and low */
    public record Waiting(String jobId, String owner, int band, Instant due) {}

    /** The worker looks, and these are all that wait and could be claimed. */
    public void looks(List<Waiting> waiting) {
        waiting.forEach(job -> seenAfter.putIfAbsent(job.owner(), claims.size()));
    }

    public Optional<Waiting> next(List<Waiting> waiting, Instant now) {
        Function<Waiting, Long> level =
                job -> Math.max(0, job.band() - Duration.between(job.due(), now).toMinutes() / 10);
        Optional<Long> best = waiting.stream().map(level).min(Long::compare);
        return waiting.stream()
                .filter(job -> level.apply(job).equals(best.orElseThrow()))
                .min(Comparator.<Waiting>comparingDouble(job -> turn(job.owner()))
                        .thenComparing(Waiting::due)
                        .thenComparing(Waiting::jobId));
    }

    /** The worker served this owner, or learned that another one did. */
    public void claimed(String owner) {
        claims.add(owner);
    }

    /** A newcomer is where it would be had it been served just before the last claim. */
    private double turn(String owner) {
        int last = claims.lastIndexOf(owner);
        return last >= 0 ? last : seenAfter.getOrDefault(owner, claims.size()) - 1.5;
    }
}
