package dev.caravan.media;

import java.util.Arrays;

/**
 * The turn and flip of a stored picture for display.
 *
 * @param rotation degrees clockwise: 0, 90, 180, 270
 * @param mirrored true if it is flipped left to right before it is turned
 */
record Orientation(int rotation, boolean mirrored) {
    static final Orientation UPRIGHT = new Orientation(0, false);
    private static final int COEFFICIENTS = 9;

    /**
     * Reads ffprobe's dump of a display matrix (ISO/IEC 14496-12, 8.3.2): three numbered rows of 16.16 numbers {@code a b
     * u}, {@code c d v}, {@code x y w}. Angles between the right ones, which no camera writes, become the nearest right
     * one; a matrix that flattens the picture (its rotation reads as INT64_MIN) is ignored.
     */
    static Orientation ofMatrix(String dump) {
        double[] matrix = Arrays.stream(dump.strip().split("\\R"))
                .map(row -> row.replaceFirst("^\\s*[0-9a-fA-F]+:", "").strip())
                .filter(row -> !row.isEmpty())
                .flatMap(row -> Arrays.stream(row.split("\\s+")))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return matrix.length == COEFFICIENTS ? of(matrix[0], matrix[1], matrix[3], matrix[4]) : UPRIGHT;
    }

    private static Orientation of(double a, double b, double c, double d) {
        double area = a * d - b * c;
        if (area == 0) {
            return UPRIGHT;
        }
        boolean mirrored = area < 0;
        double degrees = Math.toDegrees(mirrored ? Math.atan2(-b, -a) : Math.atan2(b, a));
        int turns = Math.floorMod(Math.round(degrees / 90), 4);
        return new Orientation(turns * 90, mirrored);
    }

    boolean onItsSide() {
        return rotation == 90 || rotation == 270;
    }
}
