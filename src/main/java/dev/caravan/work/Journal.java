package dev.caravan.work;

import dev.caravan.failure.Failure;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.RunTransitions;
import dev.caravan.job.RunTransitions.DoneStep;
import dev.caravan.job.RunTransitions.Heartbeat;
import dev.caravan.job.RunTransitions.Withdrawn;
import dev.caravan.job.StepRecord;
import java.time.Duration;

/**
 * What a running job tells its record. Every change is conditional on the fence; a refused one throws {@code FENCED}. One
 * change at a time: what a heartbeat says is true only as long as no checkpoint comes in between.
 */
public final class Journal {
    private final RunTransitions transitions;
    private final Jobs jobs;

    public Journal(RunTransitions transitions, Jobs jobs) {
        this.transitions = transitions;
        this.jobs = jobs;
    }

    /** A sign of life, with the progress so far. */
    void beat(RunningJob run) {
        // A checkpoint meanwhile would find its word on the current step taken back.
        synchronized (run.recordLock()) {
            String step = run.betweenSteps() ? null : run.step();
            transitions.heartbeat(run.job(), new Heartbeat(run.nextBeat(), run.percentage(), run.pace(), step));
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
        synchronized (run.recordLock()) {
            transitions.startAttempt(run.job(), step, record, run.retries());
        }
    }

    /** A step is done: its outputs count from now on, and what crashed before is forgiven. */
    public void checkpoint(RunningJob run, String step, StepRecord record, String next) {
        synchronized (run.recordLock()) {
            transitions.checkpoint(run.job(), new DoneStep(step, record, run.percentage()), next);
        }
    }

    /** A run of a step failed and another will follow, here and soon. */
    public void attemptFailed(RunningJob run, String step, StepRecord record, Duration wait) {
        synchronized (run.recordLock()) {
            transitions.retryHere(run.job(), step, record, wait);
        }
    }

    /** Gives the place back for a longer wait: the attempt counts, and any worker goes on later. */
    public void postpone(RunningJob run, String step, StepRecord record, Duration wait) {
        synchronized (run.recordLock()) {
            transitions.postpone(run.job(), step, record, wait);
        }
    }

    /**
     * Gives the place back until it is the job's turn: what ran of this attempt does not count.
     *
     * @param before the step's record before this attempt
     * @param what it waits for, in the word of the record
     */
    public void awaitTurn(RunningJob run, StepRecord before, Failure why, String what, Duration wait) {
        // The record knows nothing yet of a first attempt.
        Withdrawn withdrawn = run.attempt() == 1 ? null : new Withdrawn(run.step(), before, run.retries());
        synchronized (run.recordLock()) {
            transitions.defer(run.job(), run.step(), withdrawn, why, what, wait);
        }
    }

    /** Gives the job back as it was: the fault was ours, and no attempt is counted. */
    public void giveBack(RunningJob run, Failure why, Duration wait) {
        synchronized (run.recordLock()) {
            transitions.giveBack(run.job(), run.step(), why, wait);
        }
    }
}
