package dev.caravan.image;

import java.io.IOException;
import java.util.Map;

/** Reads the first picture of a TIFF. */
final class TiffHeader {
    private static final long CMYK = 5;
    private static final long RGB = 2;

    private TiffHeader() {}

    static PictureHeader read(RandomAccessBytes bytes) throws IOException {
        Map<Integer, Long> tags = TiffDirectory.directory(bytes, 0);
        long kind = tags.getOrDefault(TiffDirectory.PHOTOMETRIC, RGB);
        return new PictureHeader(
                (int) Math.min(Integer.MAX_VALUE, tags.getOrDefault(TiffDirectory.WIDTH, 0L)),
                (int) Math.min(Integer.MAX_VALUE, tags.getOrDefault(TiffDirectory.HEIGHT, 0L)),
                TiffDirectory.orientation(bytes, 0),
                kind == CMYK || tags.containsKey(TiffDirectory.PROFILE),
                kind == CMYK,
                kind == RGB && tags.getOrDefault(TiffDirectory.SAMPLES, 3L) > 3);
    }
}
