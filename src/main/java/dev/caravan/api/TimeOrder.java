package dev.caravan.api;

import java.util.Comparator;

/** The direction of a list by time. */
enum TimeOrder {
    NEWEST_FIRST(Comparator.naturalOrder()),
    OLDEST_FIRST(Comparator.reverseOrder());

    private final Comparator<Position> positions;

    TimeOrder(Comparator<Position> positions) {
        this.positions = positions;
    }

    int compare(Positioned one, Positioned other) {
        return positions.compare(one.position(), other.position());
    }

    /** Says whether {@code entry} comes after the caller's place; null is before all. */
    boolean isAfter(Positioned entry, Position place) {
        return place == null || compare(entry, place) > 0;
    }
}
