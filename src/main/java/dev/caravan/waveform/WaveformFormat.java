package dev.caravan.waveform;

import dev.caravan.media.Options;
import java.util.List;

/**
 * The requested format of a waveform.
 *
 * @param width of the drawing in pixels
 * @param height of the drawing in pixels
 * @param colour of the drawing, {@code #rrggbb}
 * @param bits of each number in the data, 8 or 16
 * @param points pairs of numbers in the data, at most
 */
record WaveformFormat(int width, int height, String colour, int bits, int points) {
    private static final int MIN_SAMPLES = 256;
    private static final int MAX_SAMPLES = 1 << 20;

    static WaveformFormat of(Options options) {
        return new WaveformFormat(
                options.number("width", 16, 8192),
                options.number("height", 16, 4096),
                options.matching("colour", "#[0-9A-Fa-f]{6}", "a colour such as #2f6fde"),
                Integer.parseInt(options.oneOf("bits", List.of("8", "16"))),
                options.even("points", 100, 1_000_000));
    }

    /** Returns how many samples become one pair: 256, doubled until sound of that length has at most the requested pairs. */
    int samplesPerPixel(double seconds, int sampleRate) {
        int samples = MIN_SAMPLES;
        while (samples < MAX_SAMPLES && seconds * sampleRate / samples > points) {
            samples *= 2;
        }
        return samples;
    }
}
