package dev.caravan.job;

import java.util.Arrays;
import java.util.Comparator;

/** The priority of a job in three bands; lower numbers are claimed first. */
public enum Priority {
    HIGH(5),
    NORMAL(10),
    LOW(15);

    private final int number;

    Priority(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The band nearest to {@code number}; a number halfway between two belongs to the more urgent one. */
    public static Priority nearest(int number) {
        return Arrays.stream(values())
                .min(Comparator.comparingInt(band -> Math.abs(band.number - number)))
                .orElseThrow();
    }
}
