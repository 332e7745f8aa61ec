package dev.caravan.image;

import java.io.IOException;
import java.util.Map;

/** The first picture of a TIFF. */
final class TiffHeader {
    private static final long CMYK = 5;
    private static final long RGB = 2;

    private TiffHeader() {}

    static PictureHeader read(Bytes bytes) throws IOException {
        Map<Integer, Long> tags = Tiff.directory(bytes, 0);
        long kind = tags.getOrDefault(Tiff.PHOTOMETRIC, RGB);
        return new PictureHeader(
                (int) Math.min(Integer.MAX_VALUE, tags.getOrDefault(Tiff.WIDTH, 0L)),
                (int) Math.min(Integer.MAX_VALUE, tags.getOrDefault(Tiff.HEIGHT, 0L)),
                Tiff.orientation(bytes, 0),
                kind == CMYK || tags.containsKey(Tiff.PROFILE),
                kind == CMYK,
                kind == RGB && tags.getOrDefault(Tiff.SAMPLES, 3L) > 3);
    }
}
