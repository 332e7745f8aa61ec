package dev.caravan.waveform;

import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/** Draws peaks as an SVG: one shape, from the highest samples to the right and back along the lowest. */
record Drawing(Peaks peaks, int width, int height, String colour) {
    /** Silence is drawn as a line of this height. */
    private static final double THINNEST = 0.5;

    void write(Path file) {
        try {
            PlainFile.write(
                    file,
                    """
                    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
                    preserveAspectRatio="none"><path fill="%3$s" d="%4$s"/></svg>
                    """
                            .formatted(width, height, colour, path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String path() {
        Peaks columns = peaks.reducedTo(width);
        double step = width / (double) columns.length();
        StringBuilder path = new StringBuilder("M");
        for (int i = 0; i < columns.length(); i++) {
            across(path, i * step, (i + 1) * step, Math.min(y(columns.highest(i)), height / 2.0 - THINNEST));
        }
        for (int i = columns.length() - 1; i >= 0; i--) {
            across(path, (i + 1) * step, i * step, Math.max(y(columns.lowest(i)), height / 2.0 + THINNEST));
        }
        return path.append('Z').toString();
    }

    private static void across(StringBuilder path, double from, double to, double y) {
        path.append(number(from))
                .append(' ')
                .append(number(y))
                .append('H')
                .append(number(to))
                .append('L');
    }

    private double y(float level) {
        return (1 - level) * height / 2;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
    }
}
