package dev.caravan.job;

/** Where a step of a job stands. */
public enum StepStatus {
    RUNNING,
    COMPLETED,
    SKIPPED,
    FAILED
}
