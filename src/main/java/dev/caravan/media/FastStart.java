package dev.caravan.media;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Whether an MP4 can be played while it is still loading: {@code moov} before {@code mdat} (ISO/IEC 14496-12, 4.2). */
final class FastStart {
    private static final int MOOV = 0x6D6F6F76;
    private static final int MDAT = 0x6D646174;
    private static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;

    private FastStart() {}

    static boolean isSet(Path file) {
        try (RandomAccessFile boxes = new RandomAccessFile(file.toFile(), "r")) {
            for (long at = 0; at + HEADER <= boxes.length(); ) {
                boxes.seek(at);
                long size = Integer.toUnsignedLong(boxes.readInt());
                int type = boxes.readInt();
                if (type == MOOV || type == MDAT) {
                    return type == MOOV;
                }
                long whole = size == 1 ? boxes.readLong() : size;
                if (whole < (size == 1 ? LARGE_HEADER : HEADER)) {
                    return false;
                }
                at += whole;
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
