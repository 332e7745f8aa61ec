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
 * Writes the progress of a running job to its record. Every change is conditional on the fence; a refused one throws
 * {@code FENCED}. One change at a time: the content of a heartbeat is true only as long as no checkpoint comes in between.
 */
public final class Journal {
    private final RunTransitions transitions;
    private final Jobs jobs;

    public Journal(RunTransitions transitions, Jobs jobs) {
        this.transitions = transitions;
        this.jobs = jobs;
    }

    /** Writes a heartbeat, with the progress so far. */
    void beat(RunningJob run) {
        // Otherwise a heartbeat could overwrite the current step of a checkpoint that was written meanwhile.
        synchronized (run.recordLock()) {
            String step = run.betweenSteps() ? null : run.step();
            transitions.heartbeat(run.job(), new Heartbeat(run.nextBeat(), run.percentage(), run.pace(), step));
        }
    }

    /** Whether the run still holds its job, read from the record where no process could tell it otherwise. */
    boolean holds(RunningJob run) {
        return jobs.find(run.jobId())
                .filter(job -> job.fence() == run.fence() && job.lease() != null)
                .isPresent();
    }

    /** Whether this run completed the job: each end increases the fence by one, and no other run held that fence. */
    boolean completed(RunningJob run) {
        return jobs.find(run.jobId())
                .filter(job -> job.fence() == run.fence() + 1 && job.status() == JobStatus.COMPLETED)
                .isPresent();
    }

    /**
     * Records that a run of a step begins. The first run of a step needs no write: the claim or the checkpoint recorded it.
     */
    public void attemptStarted(RunningJob run, String step, StepRecord record) {
        synchronized (run.recordLock()) {
            transitions.startAttempt(run.job(), step, record, run.retries());
        }
    }

    /** Writes a checkpoint: the outputs of the step are valid from now on, and earlier crashes are not counted any more. */
    public void checkpoint(RunningJob run, String step, StepRecord record, String next) {
        synchronized (run.recordLock()) {
            transitions.checkpoint(run.job(), new DoneStep(step, record, run.percentage()), next);
        }
    }

    /** Records that a run of a step failed and that this worker will soon run it again. */
    public void attemptFailed(RunningJob run, String step, StepRecord record, Duration wait) {
        synchronized (run.recordLock()) {
            transitions.retryHere(run.job(), step, record, wait);
        }
    }

    /** Gives the place back for a longer wait: the attempt counts, and any worker continues the job later. */
    public void postpone(RunningJob run, String step, StepRecord record, Duration wait) {
        synchronized (run.recordLock()) {
            transitions.postpone(run.job(), step, record, wait);
        }
    }

    /**
     * Gives the place back until it is the job's turn: this attempt does not count.
     *
     * @param before the step's record before this attempt
     * @param what the job waits for, one of the record's values
     */
    public void awaitTurn(RunningJob run, StepRecord before, Failure why, String what, Duration wait) {
        // The record does not contain a first attempt yet.
        Withdrawn withdrawn = run.attempt() == 1 ? null : new Withdrawn(run.step(), before, run.retries());
        synchronized (run.recordLock()) {
            transitions.defer(run.job(), run.step(), withdrawn, why, what, wait);
        }
    }

    /** Gives the job back as it was: the fault was Caravan's, and the attempt does not count. */
    public void giveBack(RunningJob run, Failure why, Duration wait) {
        synchronized (run.recordLock()) {
            transitions.giveBack(run.job(), run.step(), why, wait);
        }
    }
}
