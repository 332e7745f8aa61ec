package dev.caravan.work;

/** Runs a claimed job to its end: returns when the job is completed, failed, postponed, given back or fenced off. */
public interface JobRunner {
    void run(RunningJob run, Place place);
}
