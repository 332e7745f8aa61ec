package dev.caravan.api;

/**
 * A range of time, both ends included.
 *
 * @param since ISO 8601 with milliseconds as the records have it, or null for no beginning
 * @param until the same, or null for no end
 */
record TimeRange(String since, String until) {
    static final TimeRange ALL = new TimeRange(null, null);

    boolean contains(String time) {
        return (since == null || time.compareTo(since) >= 0) && (until == null || time.compareTo(until) <= 0);
    }

    /** Returns the part of it after a place in a list; null is before all. */
    TimeRange below(Position place, TimeOrder order) {
        if (place == null) {
            return this;
        }
        String time = place.createdAt();
        return order == TimeOrder.NEWEST_FIRST
                ? new TimeRange(since, until == null || time.compareTo(until) < 0 ? time : until)
                : new TimeRange(since == null || time.compareTo(since) > 0 ? time : since, until);
    }

    boolean isEmpty() {
        return since != null && until != null && since.compareTo(until) > 0;
    }
}
