package dev.caravan.job;

/** The status of one step of a job. */
public enum StepStatus {
    RUNNING,
    COMPLETED,
    SKIPPED,
    FAILED
}
