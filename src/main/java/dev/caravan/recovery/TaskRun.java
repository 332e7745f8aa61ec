package dev.caravan.recovery;

import java.util.function.BooleanSupplier;

/**
 * What a duty is sent out with.
 *
 * @param cursor where its last piece ended; null for the beginning
 * @param dryRun whether it only says what it would do
 * @param permitted whether the one who sent it is still the active reconciler
 */
public record TaskRun(String cursor, boolean dryRun, BooleanSupplier permitted) {
    /** By somebody who asked for it, whoever is the active reconciler. */
    static TaskRun byHand(boolean dryRun) {
        return new TaskRun(null, dryRun, () -> true);
    }

    /** To be asked before every write that takes something away. */
    public boolean goOn() {
        return permitted.getAsBoolean() && !Thread.currentThread().isInterrupted();
    }
}
