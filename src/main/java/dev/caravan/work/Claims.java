package dev.caravan.work;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Lease;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Taking jobs: from the ready index for a worker, and back from a worker that died. Each is one conditional write. */
public final class Claims {
    /** The third death of a worker under the same step ends the job. */
    static final int MOST_CRASHES = 3;

    private final Jobs jobs;
    private final Duration lease;

    public Claims(Jobs jobs, Duration lease) {
        this.jobs = jobs;
        this.lease = lease;
    }

    /** Claims the job for {@code worker}; empty when the index was stale or somebody else was quicker. */
    Optional<Job> claim(ReadyJob waiting, String worker) {
        String token = UUID.randomUUID().toString();
        Write write = Write.to(jobs.tables().jobs(), Jobs.key(waiting.jobId()))
                .whereExists("ready")
                .where("fence", waiting.fence())
                .set("fence", waiting.fence() + 1)
                .set("status", JobStatus.PROCESSING.name())
                .set("lease", new Lease(token, worker, 0, lease.toSeconds()))
                .set("worker", worker)
                .set("updated_at", Timestamps.now(jobs.clock()))
                .remove("ready")
                .remove("due_at")
                .remove("waiting_for");
        try {
            return Optional.of(Jobs.read(jobs.records().update(write)));
        } catch (ConditionFailed e) {
            // The first answer may have been lost and the SDK have asked again: then the lease is ours.
            return Optional.of(e.found())
                    .filter(item -> !item.isEmpty())
                    .map(Jobs::read)
                    .filter(job ->
                            job.lease() != null && token.equals(job.lease().token()));
        }
    }

    /**
     * Takes the job back from a worker that is known to be dead, or whose lease stood still. False when it moved after all.
     *
     * @param why for the job's history
     */
    public boolean takeBack(Job job, String why) {
        Write write = jobs.writeOf(job.jobId(), job.fence())
                .where("lease.beat", job.lease().beat())
                .set("crashes", job.crashes() + 1);
        jobs.backInLine(write, job, JobStatus.QUEUED, Duration.ZERO);
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

    /** Whether one more death would be the last one allowed. */
    public static boolean poison(Job job) {
        return job.crashes() + 1 >= MOST_CRASHES;
    }

    public static Failure workerCrashed(Job job) {
        return new Failure(
                "WORKER_CRASHED",
                FailureKind.PERMANENT,
                job.currentStep(),
                "The worker process died %d times while it ran this step, the last time with no other job beside it"
                        .formatted(MOST_CRASHES),
                "Look for the cause in the worker's log and the kernel's (out of memory?), then upload the file again.",
                null);
    }
}
