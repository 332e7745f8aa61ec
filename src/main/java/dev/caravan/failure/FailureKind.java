package dev.caravan.failure;

/** What happens after a failure. The names are part of the job record and of the API. */
public enum FailureKind {
    /** May go away by itself: tried again, three attempts in all by default. */
    TRANSIENT,
    /** Will not go away: the input or its parameters are wrong. Never tried again by itself. */
    PERMANENT,
    /** There was nothing to do for this step: the job goes on and says so. */
    SKIPPED,
    /** Our own stores, disk or shutdown: no attempt is counted and the job is given back. */
    OURS,
    /** A limit of rate: no attempt is counted, and the job goes back in line until its turn. */
    WAITING,
    /** The job belongs to another worker now, or was cancelled: this run ends without a trace. */
    FENCED
}
