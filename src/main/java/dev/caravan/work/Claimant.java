package dev.caravan.work;

import dev.caravan.job.Job;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.job.ReadyJob;
import dev.caravan.job.ReadyQueueIndex;
import dev.caravan.job.RunTransitions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * Claims waiting jobs in {@link ClaimOrder}, until the places are taken or nothing is left that fits. Use it from one thread
 * at a time.
 */
final class Claimant {
    /** Looks that follow each other while other workers claim the jobs first. */
    private static final int MAX_LOOKS = 3;

    /** Doublings of the number of jobs to step aside by, from one refusal to the next. */
    private static final int MAX_DOUBLINGS = 4;

    private static final int MAX_REMEMBERED = 1_000;

    private final WorkerSettings settings;
    private final Claims claims;
    private final ReadyQueueIndex index;
    private final ClaimOrder order;
    private final Pipelines pipelines;
    private final List<Admission> admissions;
    private final WorkerCapacity workerCapacity;
    private final IntUnaryOperator dice;
    /** Entries that were refused or claimed, by job, with their fence: the index may still show them for a while. */
    private final Map<String, Long> outdated = new LinkedHashMap<>();

    private boolean more;
    private int refused;

    /** @param dice gives a random number from 0 up to, not including, its argument */
    Claimant(
            WorkerSettings settings,
            ReadyQueueIndex index,
            RunTransitions transitions,
            Clock clock,
            Pipelines pipelines,
            List<Admission> admissions,
            WorkerCapacity workerCapacity,
            IntUnaryOperator dice) {
        this.settings = settings;
        this.claims = new Claims(transitions, settings.lease());
        this.index = index;
        this.order = new ClaimOrder(clock);
        this.pipelines = pipelines;
        this.admissions = List.copyOf(admissions);
        this.workerCapacity = workerCapacity;
        this.dice = dice;
    }

    private enum Attempt {
        CLAIMED,
        /** Another worker claimed it first. */
        LOST,
        /** The entry was stale. */
        OUTDATED,
        /** No place is free, for this job or any other. */
        NO_PLACE,
        NO_SLOT,
        /** The job must run alone, and others run. */
        NOT_ALONE,
        /** A pause or a rate limit began in between. */
        NOT_ADMITTED
    }

    /**
     * Reads the ready queue once and claims, and again where other workers claimed jobs first.
     *
     * @param room whether to continue to claim
     * @param start gets each job that was claimed, with its place
     * @return the number of claimed jobs
     */
    int look(BooleanSupplier room, BiConsumer<Job, Place> start) {
        int claimed = 0;
        for (int looks = 0; looks < MAX_LOOKS && room.getAsBoolean(); looks++) {
            refused = 0;
            claimed += claim(candidates(), room, start);
            if (refused == 0) {
                break;
            }
        }
        return claimed;
    }

    /** Whether the last look left jobs that may fit as soon as a place or a slot is free. */
    boolean leftSomething() {
        return more;
    }

    private ClaimCandidates candidates() {
        Set<String> mine = settings.pipelines().isEmpty() ? pipelines.names() : settings.pipelines();
        Set<String> fitting = mine.stream()
                .filter(name -> pipelines.names().contains(name))
                .filter(name -> workerCapacity.slotFreeNow() || !pipelines.encodes(name))
                .collect(Collectors.toSet());
        more = fitting.size() < mine.size();
        ClaimCandidates candidates = new ClaimCandidates(order);
        for (Priority priority : Priority.values()) {
            Set<String> open = fitting.stream()
                    .filter(name -> admissions.stream().allMatch(admission -> admission.open(name, priority)))
                    .collect(Collectors.toSet());
            ReadyQueueIndex.Found found = index.due(priority, open, workerCapacity.room(), this::outdated);
            found.lanes().forEach(candidates::add);
            more |= found.leftOut();
        }
        return candidates;
    }

    private int claim(ClaimCandidates candidates, BooleanSupplier room, BiConsumer<Job, Place> start) {
        int claimed = 0;
        Optional<ReadyJob> next = candidates.first();
        while (next.isPresent() && room.getAsBoolean()) {
            ReadyJob job = next.get();
            Attempt attempt = attempt(job, start);
            claimed += attempt == Attempt.CLAIMED ? 1 : 0;
            if (attempt == Attempt.NO_PLACE || attempt == Attempt.NOT_ALONE && waitedForLong(job)) {
                break;
            }
            withdraw(candidates, job, attempt);
            next = candidates.first();
        }
        more |= !candidates.isEmpty();
        return claimed;
    }

    /** A job that must be alone would wait without end if others always ran: after a while nothing is claimed beside it. */
    private boolean waitedForLong(ReadyJob job) {
        return order.waited(job).compareTo(ClaimOrder.AGE_OF_ONE_LEVEL) >= 0;
    }

    private void withdraw(ClaimCandidates candidates, ReadyJob job, Attempt attempt) {
        boolean failed = attempt == Attempt.LOST || attempt == Attempt.OUTDATED;
        refused += failed ? 1 : 0;
        more |= !failed && attempt != Attempt.CLAIMED;
        switch (attempt) {
            case LOST -> candidates.stepAside(job, dice.applyAsInt(1 << Math.min(refused, MAX_DOUBLINGS)));
            case NO_SLOT -> candidates.dropAll(other -> pipelines.encodes(other.pipeline()));
            case NOT_ADMITTED ->
                candidates.dropAll(
                        other -> other.pipeline().equals(job.pipeline()) && other.priority() == job.priority());
            default -> candidates.drop(job);
        }
    }

    private Attempt attempt(ReadyJob candidate, BiConsumer<Job, Place> start) {
        boolean mustBeAlone = CrashSuspicion.mustBeAlone(candidate.crashes());
        boolean encodes = pipelines.encodes(candidate.pipeline());
        Optional<Place> place = workerCapacity.take(encodes, mustBeAlone);
        if (place.isEmpty()) {
            if (!workerCapacity.free()) {
                return Attempt.NO_PLACE;
            }
            return encodes && !workerCapacity.slotFreeNow() ? Attempt.NO_SLOT : Attempt.NOT_ALONE;
        }
        List<Admission.Leave> leaves = new ArrayList<>();
        Claims.Outcome outcome = null;
        try {
            if (!entered(candidate, leaves)) {
                return Attempt.NOT_ADMITTED;
            }
            outcome = claims.claim(candidate, settings.identity());
        } finally {
            if (outcome == null || outcome.job().isEmpty()) {
                leaves.forEach(Admission.Leave::giveBack);
                place.get().close();
            }
        }
        return settle(candidate, outcome, place.get(), start);
    }

    private Attempt settle(ReadyJob candidate, Claims.Outcome outcome, Place place, BiConsumer<Job, Place> start) {
        if (outcome.served()) {
            order.served(candidate.owner());
        }
        if (outcome.outdated()) {
            remember(candidate);
        }
        outcome.job().ifPresent(job -> start.accept(job, place));
        if (outcome.job().isPresent()) {
            return Attempt.CLAIMED;
        }
        return outcome.served() ? Attempt.LOST : Attempt.OUTDATED;
    }

    private boolean entered(ReadyJob candidate, List<Admission.Leave> leaves) {
        for (Admission admission : admissions) {
            Optional<Admission.Leave> leave =
                    admission.enter(candidate.pipeline(), Priority.nearest(candidate.priority()));
            if (leave.isEmpty()) {
                return false;
            }
            leaves.add(leave.get());
        }
        return true;
    }

    private void remember(ReadyJob job) {
        outdated.remove(job.jobId());
        outdated.put(job.jobId(), job.fence());
        if (outdated.size() > MAX_REMEMBERED) {
            outdated.remove(outdated.keySet().iterator().next());
        }
    }

    private boolean outdated(ReadyJob job) {
        return job.fence() <= outdated.getOrDefault(job.jobId(), -1L);
    }
}
