package dev.caravan.image;

import java.io.IOException;
import java.util.Set;

/**
 * Reads HEIF and AVIF (ISO/IEC 23008-12): the largest size among the items is that of the whole picture. libvips and
 * libheif turn it themselves.
 */
final class HeifHeader {
    private static final Set<String> FOLDERS = Set.of("meta", "iprp", "ipco");
    private static final int MAX_BOXES = 10_000;

    private int boxes;
    private long width;
    private long height;
    private boolean profiled;

    private HeifHeader() {}

    static PictureHeader read(RandomAccessBytes bytes) throws IOException {
        HeifHeader header = new HeifHeader();
        header.walk(bytes, 0, bytes.size());
        return new PictureHeader(
                (int) Math.min(Integer.MAX_VALUE, header.width),
                (int) Math.min(Integer.MAX_VALUE, header.height),
                1,
                header.profiled,
                false,
                true);
    }

    private void walk(RandomAccessBytes bytes, long from, long end) throws IOException {
        for (long at = from; at + 8 <= end && ++boxes < MAX_BOXES; ) {
            long length = bytes.big(at, 4);
            String type = bytes.text(at + 4, 4);
            int head = 8;
            if (length == 1) {
                length = bytes.big(at + 8, 8);
                head = 16;
            } else if (length == 0) {
                length = end - at;
            }
            if (length < head) {
                throw new IOException("it contradicts itself");
            }
            look(bytes, type, at + head, Math.min(end, at + length));
            at += length;
        }
    }

    private void look(RandomAccessBytes bytes, String type, long at, long end) throws IOException {
        if (FOLDERS.contains(type)) {
            walk(bytes, type.equals("meta") ? at + 4 : at, end);
        } else if (type.equals("ispe") && bytes.big(at + 4, 4) * bytes.big(at + 8, 4) > width * height) {
            width = bytes.big(at + 4, 4);
            height = bytes.big(at + 8, 4);
        } else if (type.equals("colr")) {
            profiled |= bytes.says(at, "prof") || bytes.says(at, "rICC");
        }
    }
}
