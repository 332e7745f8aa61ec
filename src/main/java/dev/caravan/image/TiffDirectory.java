package dev.caravan.image;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the first directory of a TIFF (Adobe, TIFF revision 6.0, section 2), and of EXIF, which is a TIFF: its short and
 * long values.
 */
final class TiffDirectory {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int PHOTOMETRIC = 262;
    static final int SAMPLES = 277;
    static final int PROFILE = 34675;
    private static final int ORIENTATION = 274;
    private static final int ENTRY = 12;
    private static final int MAX_ENTRIES = 1000;
    private static final int SHORT = 3;

    private TiffDirectory() {}

    /** Returns values by tag. */
    static Map<Integer, Long> directory(RandomAccessBytes bytes, long start) throws IOException {
        boolean little = bytes.says(start, "II");
        long at = start + number(bytes, start + 4, 4, little);
        long entries = Math.min(MAX_ENTRIES, number(bytes, at, 2, little));
        Map<Integer, Long> values = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            long entry = at + 2 + (long) ENTRY * i;
            int length = number(bytes, entry + 2, 2, little) == SHORT ? 2 : 4;
            values.put((int) number(bytes, entry, 2, little), number(bytes, entry + 8, length, little));
        }
        return values;
    }

    /** Returns 1 to 8; 1 if it is missing or not readable: a picture is worth more than its EXIF. */
    static int orientation(RandomAccessBytes bytes, long start) {
        try {
            long said = directory(bytes, start).getOrDefault(ORIENTATION, 1L);
            return said >= 1 && said <= 8 ? (int) said : 1;
        } catch (IOException e) {
            return 1;
        }
    }

    private static long number(RandomAccessBytes bytes, long at, int length, boolean little) throws IOException {
        return little ? bytes.little(at, length) : bytes.big(at, length);
    }
}
