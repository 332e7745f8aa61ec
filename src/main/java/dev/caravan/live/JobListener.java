package dev.caravan.live;

/** Who follows one job. Called in order, one call at a time; must not wait. */
interface JobListener {
    /** The id of the last event that it knows; null where it knows none. */
    String lastId();

    /** First of all: the job as it is. {@link #event} then brings what comes after {@link #lastId}, and what happens. */
    void joined(JobPage page, LiveEvent snapshot);

    void event(LiveEvent event);

    /** Nothing more will happen to the job. */
    void ended();

    /** There is no such job. */
    void unknown();

    /** It could not be read. Comes before {@link #joined}, or not at all. */
    void failed(RuntimeException why);
}
