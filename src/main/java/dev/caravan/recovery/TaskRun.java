package dev.caravan.recovery;

import java.util.function.BooleanSupplier;

/**
 * The instructions for one run of a maintenance task.
 *
 * @param cursor where its last piece ended; null for the beginning
 * @param dryRun whether it only says what it would do
 * @param permitted whether the process that runs it is still the active reconciler
 */
public record TaskRun(String cursor, boolean dryRun, BooleanSupplier permitted) {
    /** Makes a run that an operator asked for, no matter which reconciler is active. */
    static TaskRun byHand(boolean dryRun) {
        return new TaskRun(null, dryRun, () -> true);
    }

    /** Whether the task may continue; call it before every write that removes something. */
    public boolean goOn() {
        return permitted.getAsBoolean() && !Thread.currentThread().isInterrupted();
    }
}
