package dev.caravan.waveform;

import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Reads the lowest and highest sample of each stretch from the output of FFmpeg's filters astats and ametadata, one per
 * line ({@code lavfi.astats.Overall.Min_level=-0.500000}), the lowest first.
 */
final class PeaksReader {
    private static final String LOWEST = "lavfi.astats.Overall.Min_level=";
    private static final String MAX = "lavfi.astats.Overall.Max_level=";

    private PeaksReader() {}

    /** @param most greatest number of separate stretches */
    static Peaks read(Path file, int most) {
        Peaks peaks = new Peaks(most);
        double[] low = {0};
        try {
            PlainFile.lines(file, line -> {
                if (line.startsWith(LOWEST)) {
                    low[0] = level(line.substring(LOWEST.length()));
                } else if (line.startsWith(MAX)) {
                    peaks.add(low[0], level(line.substring(MAX.length())));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return peaks;
    }

    private static double level(String text) {
        return switch (text) {
            case "inf" -> 1;
            case "-inf" -> -1;
            case "nan", "-nan" -> 0;
            default -> Double.parseDouble(text);
        };
    }
}
