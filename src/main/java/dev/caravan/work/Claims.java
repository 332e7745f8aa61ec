package dev.caravan.work;

import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.job.Lease;
import dev.caravan.job.ReadyJob;
import dev.caravan.job.RunTransitions;
import dev.caravan.records.ConditionFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Claims jobs for a worker, each by one conditional write. */
final class Claims {
    private final RunTransitions transitions;
    private final Duration lease;

    Claims(RunTransitions transitions, Duration lease) {
        this.transitions = transitions;
        this.lease = lease;
    }

    /**
     * The result of a claim.
     *
     * @param job that was claimed; empty when the index was stale or another worker claimed it first
     * @param served whether the job runs now, here or, as the refusal shows, elsewhere, so that its owner had a turn
     * @param outdated whether the entry in the index is stale
     */
    record Outcome(Optional<Job> job, boolean served, boolean outdated) {}

    /** Claims the job for {@code worker}. */
    Outcome claim(ReadyJob waiting, String worker) {
        String token = UUID.randomUUID().toString();
        try {
            Job claimed = transitions.claim(waiting, new Lease(token, worker, 0, lease.toSeconds()));
            return new Outcome(Optional.of(claimed), true, true);
        } catch (ConditionFailed e) {
            return refused(waiting, worker, token, e);
        }
    }

    private static Outcome refused(ReadyJob waiting, String worker, String token, ConditionFailed e) {
        if (e.found().isEmpty()) {
            return new Outcome(Optional.empty(), false, true);
        }
        Job found = Jobs.read(e.found());
        String holder = found.lease() == null ? null : found.lease().worker();
        // The SDK may have asked again because the first answer got lost: then this worker holds the lease.
        if (holder != null && token.equals(found.lease().token())) {
            return new Outcome(Optional.of(found), true, true);
        }
        return new Outcome(Optional.empty(), holder != null && !holder.equals(worker), found.fence() > waiting.fence());
    }
}
