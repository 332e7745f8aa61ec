package dev.caravan.live;

/** Who wants to know of all jobs. Called in order, one call at a time; must not wait. */
interface FeedListener {
    /** The id of the last event that it knows; null where it knows none. */
    String lastId();

    /** @param id null where the event cannot be asked for again */
    void event(LiveEvent event, String id);
}
