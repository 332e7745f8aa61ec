package dev.caravan.media;

import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Tells whether an MP4 can be played while it is still loading: {@code moov} before {@code mdat} (ISO/IEC 14496-12, 4.2).
 */
final class FastStart {
    private static final int MOOV = 0x6D6F6F76;
    private static final int MDAT = 0x6D646174;
    private static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;

    private FastStart() {}

    static boolean isSet(Path file) {
        return boxes(file).first() == MOOV;
    }

    /**
     * Tells whether each box is as long as its header says: the index at the front does not show that the file's end is
     * missing.
     */
    static boolean isWhole(Path file) {
        return boxes(file).whole();
    }

    /** @param first first of the boxes moov and mdat; 0 if neither is found */
    private record Boxes(int first, boolean whole) {}

    private static Boxes boxes(Path file) {
        try (RandomAccessFile boxes = PlainFile.random(file)) {
            long length = boxes.length();
            int first = 0;
            long at = 0;
            while (at + HEADER <= length) {
                boxes.seek(at);
                long size = Integer.toUnsignedLong(boxes.readInt());
                int type = boxes.readInt();
                if (first == 0 && (type == MOOV || type == MDAT)) {
                    first = type;
                }
                long whole = size == 1 && at + LARGE_HEADER <= length ? boxes.readLong() : size;
                if (whole < (size == 1 ? LARGE_HEADER : HEADER) || whole > length - at) {
                    return new Boxes(first, false);
                }
                at += whole;
            }
            return new Boxes(first, at == length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
