package dev.caravan.work;

import dev.caravan.job.ReadyJob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Holds the jobs that could be claimed, as one look found them, in lanes whose first job is the oldest. */
final class ClaimCandidates {
    private final ClaimOrder order;
    private List<Deque<ReadyJob>> lanes = new ArrayList<>();
    /** Jobs that other workers are probably claiming right now; tried after all others. */
    private final List<ReadyJob> aside = new ArrayList<>();

    ClaimCandidates(ClaimOrder order) {
        this.order = order;
    }

    void add(List<ReadyJob> lane) {
        order.sees(lane.get(0).owner());
        lanes.add(new ArrayDeque<>(lane));
    }

    /** The job to be claimed next. It stays until it is dropped. */
    Optional<ReadyJob> first() {
        Optional<ReadyJob> first = lanes.stream().map(Deque::peekFirst).min(order.now());
        if (first.isEmpty() && !aside.isEmpty()) {
            aside.forEach(job -> add(List.of(job)));
            aside.clear();
            return first();
        }
        return first;
    }

    /** Drops a job that was claimed, or cannot be. */
    void drop(ReadyJob job) {
        lanes.forEach(lane -> lane.remove(job));
        lanes.removeIf(Deque::isEmpty);
    }

    /** Drops the jobs that cannot be claimed now. */
    void dropAll(Predicate<ReadyJob> such) {
        lanes.forEach(lane -> lane.removeIf(such));
        lanes.removeIf(Deque::isEmpty);
        aside.removeIf(such);
    }

    /** Drops a job that another worker claimed first, and leaves the next ones of the lane to that worker too. */
    void stepAside(ReadyJob lost, int howMany) {
        lanes.stream().filter(lane -> lane.peekFirst() == lost).forEach(lane -> {
            lane.removeFirst();
            for (int i = 0; i < howMany && !lane.isEmpty(); i++) {
                aside.add(lane.removeFirst());
            }
        });
        lanes.removeIf(Deque::isEmpty);
    }

    boolean isEmpty() {
        return lanes.isEmpty() && aside.isEmpty();
    }
}
