package dev.caravan.work;

import dev.caravan.failure.Failure;
import dev.caravan.job.History;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.StepRecord;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Write;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a running job writes of itself. Every write is conditional on the fence; a refused one throws {@code FENCED}. Change
 * and history event go in one transaction.
 */
public final class Journal {
    private final Jobs jobs;

    public Journal(Jobs jobs) {
        this.jobs = jobs;
    }

    /** A sign of life, with the progress so far. */
    void beat(RunningJob run) {
        // A checkpoint meanwhile would find its word on the current step taken back.
        synchronized (run.recordLock()) {
            Write write = jobs.writeOf(run.jobId(), run.fence())
                    .set("lease.beat", run.nextBeat())
                    .set("progress_percentage", run.percentage())
                    .set("pace", run.pace());
            if (!run.betweenSteps()) {
                write.set("current_step", run.step());
            }
            try {
                jobs.records().update(write);
            } catch (ConditionFailed e) {
                throw Jobs.fenced(run.jobId(), e);
            }
        }
    }

    /** Whether the run still holds its job; asked where nobody could tell it otherwise. */
    boolean holds(RunningJob run) {
        return jobs.find(run.jobId())
                .filter(job -> job.fence() == run.fence() && job.lease() != null)
                .isPresent();
    }

    /** Whether it was this run that completed the job: each end moves the fence by one, and nobody else held that fence. */
    boolean completed(RunningJob run) {
        return jobs.find(run.jobId())
                .filter(job -> job.fence() == run.fence() + 1 && job.status() == JobStatus.COMPLETED)
                .isPresent();
    }

    /** A run of a step begins. The first run of a step needs no write of its own: claim or checkpoint told of it. */
    public void attemptStarted(RunningJob run, String step, StepRecord record) {
        Write write = jobs.writeOf(run.jobId(), run.fence())
                .set("status", JobStatus.PROCESSING.name())
                .set("current_step", step)
                .set("steps." + step, record)
                .set("retry_count", run.retries())
                .set("error", null);
        commit(run, write, "step-started", details(step, "attempt", record.attempts()));
    }

    /** A step is done: its outputs count from now on, and what crashed before is forgiven. */
    public void checkpoint(RunningJob run, String step, StepRecord record, String next) {
        Map<String, Object> details = details(step, "attempt", record.attempts());
        details.put("status", record.status().name());
        if (record.error() != null) {
            details.put("message", record.error().message());
        }
        commit(run, checkpointOf(run, step, record).set("current_step", next), "step-done", details);
    }

    /** The checkpoint as a write of its own, for the last step, whose record goes with the end of the job. */
    public Write checkpointOf(RunningJob run, String step, StepRecord record) {
        return jobs.writeOf(run.jobId(), run.fence())
                .set("steps." + step, record)
                .set("last_successful_step", step)
                .set("progress_percentage", run.percentage())
                .remove("pace")
                .set("crashes", 0);
    }

    /** A run of a step failed and another will follow, here and soon. */
    public void attemptFailed(RunningJob run, String step, StepRecord record, Duration wait) {
        Write write = jobs.writeOf(run.jobId(), run.fence())
                .set("status", JobStatus.RETRYING.name())
                .set("current_step", step)
                .set("steps." + step, record)
                .set("error", record.error());
        Map<String, Object> details = History.failed(step, record.error());
        details.put("attempt", record.attempts());
        details.put("wait_ms", wait.toMillis());
        commit(run, write, "step-failed", details);
    }

    /** Gives the place back for a longer wait: the attempt counts, and any worker goes on later. */
    public void postpone(RunningJob run, String step, StepRecord record, Duration wait) {
        Write write = jobs.writeOf(run.jobId(), run.fence())
                .set("steps." + step, record)
                .set("error", record.error());
        jobs.backInLine(write, asItIs(run), JobStatus.RETRYING, wait);
        Map<String, Object> details = History.failed(step, record.error());
        details.put("wait_ms", wait.toMillis());
        commit(run, write, "postponed", details);
    }

    /**
     * Gives the place back until it is the job's turn: what ran of this attempt does not count.
     *
     * @param before the step's record before this attempt
     * @param what it waits for, in the word of the record
     */
    public void awaitTurn(RunningJob run, StepRecord before, Failure why, String what, Duration wait) {
        Write write = jobs.writeOf(run.jobId(), run.fence());
        boolean first = run.attempt() == 1;
        if (!first) {
            // attemptStarted wrote of this one already.
            write.set("steps." + run.step(), before)
                    .set("error", before.error())
                    .set("retry_count", run.retries());
        }
        jobs.backInLine(write, asItIs(run), first ? JobStatus.QUEUED : JobStatus.RETRYING, wait, what);
        Map<String, Object> details = History.failed(run.step(), why);
        details.put("wait_ms", wait.toMillis());
        commit(run, write, "waiting", details);
    }

    /** Gives the job back as it was: the fault was ours, and no attempt is counted. */
    public void giveBack(RunningJob run, Failure why, Duration wait) {
        Write write = jobs.writeOf(run.jobId(), run.fence());
        jobs.backInLine(write, asItIs(run), JobStatus.QUEUED, wait);
        commit(run, write, "given-back", History.failed(run.step(), why));
    }

    /** Its priority may have been changed while it ran; from now on that counts. */
    private Job asItIs(RunningJob run) {
        return jobs.find(run.jobId())
                .filter(found -> found.fence() == run.fence())
                .orElse(run.job());
    }

    private void commit(RunningJob run, Write write, String event, Map<String, ?> details) {
        synchronized (run.recordLock()) {
            try {
                jobs.records().write(List.of(write.part(), jobs.history().event(run.jobId(), event, details)));
            } catch (ConditionFailed e) {
                throw Jobs.fenced(run.jobId(), e);
            }
        }
    }

    private static Map<String, Object> details(String step, String name, Object value) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("step", step);
        details.put(name, value);
        return details;
    }
}
