package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A JPEG file that FFmpeg wrote, as its markers describe it (ITU-T T.81, annex B). */
final class Jpeg {
    private static final int START = 0xFFD8;
    private static final int END = 0xFFD9;
    private static final int FIRST_FRAME_HEADER = 0xFFC0;
    private static final int LAST_FRAME_HEADER = 0xFFC3;
    private static final int MIN = 16;

    private Jpeg() {}

    /** @throws StepException transient {@code OUTPUT_INVALID} unless the file is whole and of that size */
    static void require(Path file, FrameSize promised) {
        FrameSize size = size(file);
        if (!promised.equals(size)) {
            String found = size == null ? "it is no whole JPEG" : size.width() + "x" + size.height();
            throw StepException.transientFailure(
                            "OUTPUT_INVALID",
                            "FFmpeg reported success, but the still is not as promised: %s instead of %dx%d"
                                    .formatted(found, promised.width(), promised.height()),
                            "If it happens again with this file, report it together with the file.")
                    .permanentWhenRepeated();
        }
    }

    /** Returns null for a file that is not a whole JPEG. */
    static FrameSize size(Path file) {
        try (RandomAccessFile bytes = PlainFile.random(file)) {
            if (bytes.length() < MIN || bytes.readUnsignedShort() != START || !ends(bytes)) {
                return null;
            }
            bytes.seek(2);
            for (int marker;
                    (marker = bytes.readUnsignedShort()) > 0xFF00 && bytes.getFilePointer() + 7 < bytes.length(); ) {
                int length = bytes.readUnsignedShort();
                if (marker >= FIRST_FRAME_HEADER && marker <= LAST_FRAME_HEADER) {
                    bytes.readByte();
                    int height = bytes.readUnsignedShort();
                    return new FrameSize(bytes.readUnsignedShort(), height);
                }
                bytes.seek(bytes.getFilePointer() + length - 2);
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ends(RandomAccessFile bytes) throws IOException {
        bytes.seek(bytes.length() - 2);
        return bytes.readUnsignedShort() == END;
    }
}
