package dev.caravan.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rule of claims, told once more and in the simplest way: the highest level goes first (a priority, one up for each ten
 * minutes of age); within it owners take turns; of an owner's jobs the oldest goes first. Measures how far a real order is
 * from it.
 */
final class ClaimRule {
    /** @param level 0 goes first */
    record Waiting(String jobId, int level, String owner, String dueAt) {}

    /**
     * @param overtaken most jobs of a better level that still waited when one was claimed
     * @param unfair most claims that one owner was ahead of another one who waited at the same level
     * @param outOfAge most older jobs of the same owner and level that still waited when one was claimed
     */
    record Distance(int overtaken, int unfair, int outOfAge) {}

    private final Map<String, Waiting> waiting = new HashMap<>();
    private final Map<Integer, Map<String, Integer>> claimedOf = new TreeMap<>();
    private int overtaken;
    private int unfair;
    private int outOfAge;

    private ClaimRule(List<Waiting> all) {
        all.forEach(job -> waiting.put(job.jobId(), job));
    }

    /** @param claims ids in the order in which they were claimed for the first time */
    static Distance distance(List<Waiting> all, List<String> claims) {
        ClaimRule rule = new ClaimRule(all);
        claims.forEach(rule::claimed);
        return new Distance(rule.overtaken, rule.unfair, rule.outOfAge);
    }

    private void claimed(String jobId) {
        Waiting job = waiting.remove(jobId);
        overtaken = Math.max(overtaken, count(other -> other.level() < job.level()));
        outOfAge = Math.max(
                outOfAge,
                count(other -> other.level() == job.level()
                        && other.owner().equals(job.owner())
                        && other.dueAt().compareTo(job.dueAt()) < 0));
        Map<String, Integer> counts = claimedOf.computeIfAbsent(job.level(), level -> new HashMap<>());
        counts.merge(job.owner(), 1, Integer::sum);
        Set<String> owners = new TreeSet<>();
        waiting.values().stream()
                .filter(other -> other.level() == job.level())
                .forEach(other -> owners.add(other.owner()));
        List<Integer> served = new ArrayList<>();
        owners.forEach(owner -> served.add(counts.getOrDefault(owner, 0)));
        served.sort(Comparator.naturalOrder());
        if (!served.isEmpty()) {
            unfair = Math.max(unfair, counts.get(job.owner()) - served.get(0));
        }
    }

    private int count(Predicate<Waiting> such) {
        return (int) waiting.values().stream().filter(such).count();
    }
}
