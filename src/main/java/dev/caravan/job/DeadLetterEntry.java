package dev.caravan.job;

import dev.caravan.records.Write;

/** What the record of a job has only while it is a dead letter: its entry in the dead letters' index. */
public final class DeadLetterEntry {
    /** The index's partition key. */
    public static final String PIPELINE = "dead";

    public static final String CODE = "error_code";
    public static final String STEP = "error_step";
    public static final String FILENAME = "filename";

    private DeadLetterEntry() {}

    /** The job is no dead letter any more. */
    public static Write remove(Write write) {
        return write.remove(PIPELINE).remove(CODE).remove(STEP);
    }
}
