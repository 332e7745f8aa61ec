package dev.caravan.live;

/** Receives the events of one job. Called in order, one call at a time; must not block. */
interface JobListener {
    /** Returns the id of the last event that it knows; null where it knows none. */
    String lastId();

    /**
     * Is called first, with the job's current state. {@link #event} then brings the events after {@link #lastId} and new
     * ones.
     */
    void joined(JobPage page, LiveEvent snapshot);

    void event(LiveEvent event);

    /** Is called when no more events of the job will come. */
    void ended();

    /** Is called when there is no such job. */
    void unknown();

    /** Is called when the job could not be read: before {@link #joined}, or not at all. */
    void failed(RuntimeException why);
}
