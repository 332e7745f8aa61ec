package dev.caravan.failure;

/** Decides what happens after a failure. The names are part of the job record and of the API. */
public enum FailureKind {
    /** Can disappear by itself: retried, three attempts in all by default. */
    TRANSIENT,
    /** Does not disappear: the input or its parameters are wrong. Never retried automatically. */
    PERMANENT,
    /** There was nothing to do for this step: the job continues and says so. */
    SKIPPED,
    /** Caravan's own stores, disk or shutdown: no attempt is counted and the job is given back. */
    OURS,
    /** A rate limit: no attempt is counted, and the job goes back into the ready queue until its turn. */
    WAITING,
    /** The job belongs to another worker now, or was cancelled: this run ends and writes nothing. */
    FENCED
}
