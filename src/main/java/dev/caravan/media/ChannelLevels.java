package dev.caravan.media;

import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Reads how loud left, right and their sum are in each half second, as FFmpeg's filters astats and ametadata write it
 * ({@code lavfi.astats.3.RMS_level=-12.3}, in dB; the sum is the third channel).
 */
final class ChannelLevels {
    private static final double WINDOW_SECONDS = 0.5;
    /** Anything quieter is noise. dB. */
    private static final double SOUNDING = -50;
    /** Sound in one channel alone loses 6 dB in the sum, unrelated sounds 3. dB. */
    private static final double LOST = 12;

    private double left;
    private double right;
    private int cancelled;

    private ChannelLevels() {}

    /** Returns the seconds for which the sum is far quieter than the louder channel; 0 for less than one. */
    static double cancelled(Path file) {
        ChannelLevels levels = new ChannelLevels();
        try {
            PlainFile.lines(file, levels::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return levels.cancelled < 2 ? 0 : levels.cancelled * WINDOW_SECONDS;
    }

    private void read(String line) {
        if (line.startsWith("lavfi.astats.1.RMS_level=")) {
            left = level(line);
        } else if (line.startsWith("lavfi.astats.2.RMS_level=")) {
            right = level(line);
        } else if (line.startsWith("lavfi.astats.3.RMS_level=")) {
            double louder = Math.max(left, right);
            cancelled += louder > SOUNDING && level(line) < louder - LOST ? 1 : 0;
        }
    }

    /** Silence is {@code -inf}. */
    private static double level(String line) {
        return ProbeFields.decimal(line.substring(line.indexOf('=') + 1), -200);
    }
}
