package dev.caravan.stats;

import java.time.Duration;
import java.time.Instant;

/** How long a slot is. */
enum SlotLength {
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    HOUR("1h", Duration.ofHours(1));

    private final String word;
    private final Duration length;

    SlotLength(String word, Duration length) {
        this.word = word;
        this.length = length;
    }

    /** The key under which all slots of this length lie. */
    String partition() {
        return "stats#" + word;
    }

    Duration length() {
        return length;
    }

    /** When the slot began that is running at {@code moment}. */
    Instant start(Instant moment) {
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), length.toSeconds()) * length.toSeconds());
    }
}
