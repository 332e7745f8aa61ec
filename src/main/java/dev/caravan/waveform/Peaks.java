package dev.caravan.waveform;

import java.util.Arrays;

/**
 * The lowest and the highest sample of each stretch of sound, -1 to 1. Their number is bounded, however long the sound
 * is: if there are too many stretches, each two become one.
 */
final class Peaks {
    private final float[] lowest;
    private final float[] highest;
    private int length;
    /** How many measured stretches one stored stretch holds, and how many of them the last one has so far. */
    private int merged = 1;

    private int begun;

    /** @param most greatest number of stretches, even */
    Peaks(int most) {
        lowest = new float[most];
        highest = new float[most];
    }

    void add(double low, double high) {
        if (begun == 0) {
            makeRoom();
            lowest[length] = Float.POSITIVE_INFINITY;
            highest[length++] = Float.NEGATIVE_INFINITY;
        }
        lowest[length - 1] = Math.min(lowest[length - 1], clipped(low));
        highest[length - 1] = Math.max(highest[length - 1], clipped(high));
        begun = (begun + 1) % merged;
    }

    private void makeRoom() {
        if (length < lowest.length) {
            return;
        }
        length /= 2;
        merged *= 2;
        for (int i = 0; i < length; i++) {
            lowest[i] = Math.min(lowest[2 * i], lowest[2 * i + 1]);
            highest[i] = Math.max(highest[2 * i], highest[2 * i + 1]);
        }
    }

    /** Decoders of floating point may give samples beyond full scale, or NaN. */
    private static float clipped(double level) {
        return Double.isNaN(level) ? 0 : (float) Math.max(-1, Math.min(1, level));
    }

    int length() {
        return length;
    }

    /** Returns how many measured stretches one stored stretch holds. */
    int merged() {
        return merged;
    }

    float lowest(int i) {
        return lowest[i];
    }

    float highest(int i) {
        return highest[i];
    }

    /** Returns the loudest sample of all, 0 to 1. */
    float loudest() {
        float loudest = 0;
        for (int i = 0; i < length; i++) {
            loudest = Math.max(loudest, Math.max(-lowest[i], highest[i]));
        }
        return loudest;
    }

    /** Returns these peaks reduced to that many stretches, for a drawing. */
    Peaks reducedTo(int columns) {
        if (length <= columns) {
            return this;
        }
        Peaks reduced = new Peaks(columns);
        reduced.length = columns;
        Arrays.fill(reduced.lowest, Float.POSITIVE_INFINITY);
        Arrays.fill(reduced.highest, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < length; i++) {
            int column = (int) ((long) i * columns / length);
            reduced.lowest[column] = Math.min(reduced.lowest[column], lowest[i]);
            reduced.highest[column] = Math.max(reduced.highest[column], highest[i]);
        }
        return reduced;
    }
}
