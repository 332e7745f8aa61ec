package dev.caravan.image;

import java.io.IOException;

/** Reads PNG up to its first data (W3C, Portable Network Graphics, 3rd edition). */
final class PngHeader {
    private static final int MAX_CHUNKS = 1000;
    private static final int WITH_ALPHA = 4;

    private PngHeader() {}

    static PictureHeader read(RandomAccessBytes bytes) throws IOException {
        boolean alpha = (bytes.big(25, 1) & WITH_ALPHA) != 0;
        boolean profiled = false;
        int orientation = 1;
        long at = 8;
        for (int i = 0; i < MAX_CHUNKS && at + 12 <= bytes.size(); i++) {
            String type = bytes.text(at + 4, 4);
            if (type.equals("IDAT")) {
                break;
            }
            alpha |= type.equals("tRNS");
            profiled |= type.equals("iCCP");
            if (type.equals("eXIf")) {
                orientation = TiffDirectory.orientation(bytes, at + 8);
            }
            at += 12 + bytes.big(at, 4);
        }
        return new PictureHeader(
                (int) Math.min(Integer.MAX_VALUE, bytes.big(16, 4)),
                (int) Math.min(Integer.MAX_VALUE, bytes.big(20, 4)),
                orientation,
                profiled,
                false,
                alpha);
    }
}
