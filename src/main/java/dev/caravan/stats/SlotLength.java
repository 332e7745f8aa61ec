package dev.caravan.stats;

import java.time.Duration;
import java.time.Instant;

/** The length of a slot. */
enum SlotLength {
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    HOUR("1h", Duration.ofHours(1));

    private final String word;
    private final Duration length;

    SlotLength(String word, Duration length) {
        this.word = word;
        this.length = length;
    }

    /** Returns the partition key of all slots of this length. */
    String partition() {
        return "stats#" + word;
    }

    Duration length() {
        return length;
    }

    /** Returns the start of the slot that contains {@code moment}. */
    Instant start(Instant moment) {
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), length.toSeconds()) * length.toSeconds());
    }
}
