package dev.caravan.image;

import java.io.IOException;

/** Reads the short headers of WebP (RFC 9649), GIF89a and Windows bitmaps. */
final class RasterHeaders {
    private static final int ICC = 0x20;
    private static final int ALPHA = 0x10;
    private static final int FOURTEEN_BITS = 0x3FFF;
    private static final int OLD_BITMAP = 12;

    private RasterHeaders() {}

    static PictureHeader webp(RandomAccessBytes bytes) throws IOException {
        String form = bytes.text(12, 4);
        if (form.equals("VP8X")) {
            int flags = (int) bytes.little(20, 1);
            return new PictureHeader(
                    (int) bytes.little(24, 3) + 1,
                    (int) bytes.little(27, 3) + 1,
                    1,
                    (flags & ICC) != 0,
                    false,
                    (flags & ALPHA) != 0);
        } else if (form.equals("VP8L")) {
            long packed = bytes.little(21, 4);
            return PictureHeader.plain(
                    (int) (packed & FOURTEEN_BITS) + 1, (int) (packed >> 14 & FOURTEEN_BITS) + 1, true);
        } else if (form.equals("VP8 ")) {
            return PictureHeader.plain(
                    (int) bytes.little(26, 2) & FOURTEEN_BITS, (int) bytes.little(28, 2) & FOURTEEN_BITS, false);
        }
        throw new IOException("it says nothing of a picture");
    }

    static PictureHeader gif(RandomAccessBytes bytes) throws IOException {
        return PictureHeader.plain((int) bytes.little(6, 2), (int) bytes.little(8, 2), true);
    }

    /** A negative height means rows from the top down. */
    static PictureHeader bmp(RandomAccessBytes bytes) throws IOException {
        return bytes.little(14, 4) == OLD_BITMAP
                ? PictureHeader.plain((int) bytes.little(18, 2), (int) bytes.little(20, 2), false)
                : PictureHeader.plain(Math.abs((int) bytes.little(18, 4)), Math.abs((int) bytes.little(22, 4)), false);
    }
}
