package dev.caravan.api;

import java.util.Comparator;

/** Which way a list by time runs. */
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

    /** Whether {@code entry} comes below the place where the caller was; null is above all. */
    boolean isAfter(Positioned entry, Position place) {
        return place == null || compare(entry, place) > 0;
    }
}
