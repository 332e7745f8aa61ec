package dev.caravan.live;

/** Receives the events of all jobs. Called in order, one call at a time; must not block. */
interface FeedListener {
    /** Returns the id of the last event that it knows; null where it knows none. */
    String lastId();

    /** @param id null where the event cannot be replayed */
    void event(LiveEvent event, String id);
}
