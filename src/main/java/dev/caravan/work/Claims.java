package dev.caravan.work;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Lease;
import dev.caravan.job.Line;
import dev.caravan.job.ReadyJob;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Taking jobs: from the line for a worker, and back from a worker that died. Each is one conditional write. */
public final class Claims {
    private final Jobs jobs;
    private final Duration lease;

    public Claims(Jobs jobs, Duration lease) {
        this.jobs = jobs;
        this.lease = lease;
    }

    /**
     * What became of a claim.
     *
     * @param job that was claimed; empty when the index was stale or somebody else was quicker
     * @param served whether the owner got something by it: the job runs now, here or, as we have just learned, elsewhere
     * @param outdated whether the entry in the index is true no more
     */
    record Outcome(Optional<Job> job, boolean served, boolean outdated) {}

    /** Claims the job for {@code worker}. */
    Outcome claim(ReadyJob waiting, String worker) {
        String token = UUID.randomUUID().toString();
        Write write = Line.whereWaiting(Write.to(jobs.tables().jobs(), Jobs.key(waiting.jobId())))
                .where("fence", waiting.fence())
                .set("fence", waiting.fence() + 1)
                .set("status", JobStatus.PROCESSING.name())
                .set("lease", new Lease(token, worker, 0, lease.toSeconds()))
                .set("worker", worker)
                .set("updated_at", Timestamps.now(jobs.clock()));
        try {
            Job claimed = Jobs.read(jobs.records().update(Line.leave(write)));
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
        // The first answer may have been lost and the SDK have asked again: then the lease is ours.
        if (holder != null && token.equals(found.lease().token())) {
            return new Outcome(Optional.of(found), true, true);
        }
        return new Outcome(Optional.empty(), holder != null && !holder.equals(worker), found.fence() > waiting.fence());
    }

    /**
     * Takes the job back from a worker that is known to be dead, or whose lease stood still. False when it moved after all.
     *
     * @param wait before it may be claimed again
     * @param why for the job's history
     */
    public boolean takeBack(Job job, Duration wait, String why) {
        Write write = jobs.writeOf(job.jobId(), job.fence())
                .where("lease.beat", job.lease().beat())
                .set("crashes", job.crashes() + 1);
        jobs.backInLine(write, job, JobStatus.QUEUED, wait);
        try {
            jobs.records()
                    .write(List.of(
                            write.part(),
                            jobs.history()
                                    .event(job.jobId(), "taken-back", Map.of("worker", job.worker(), "message", why))));
            return true;
        } catch (ConditionFailed e) {
            return false;
        }
    }
}
