package dev.caravan.upload.presigned;

import dev.caravan.upload.UploadProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes on their way to S3, one file at a time. It belongs to one upload, and is removed with it. */
public final class UploadParts implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private long size;

    private UploadParts(Path file) {
        this.file = file;
    }

    /** @throws dev.caravan.http.ProblemException {@code DISK_FULL} if less than {@code room} bytes are free */
    public static UploadParts in(Path folder, long room) {
        try {
            if (Files.getFileStore(folder).getUsableSpace() < room) {
                throw UploadProblems.diskFull();
            }
            return new UploadParts(Files.createTempFile(folder, "piece", null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file() {
        return file;
    }

    /** Returns the bytes of the piece so far; also correct if {@link #fill} was interrupted. */
    public long size() {
        return size;
    }

    /** Begins the next piece. */
    public void clear() throws IOException {
        Files.newOutputStream(file).close();
        size = 0;
    }

    /**
     * Adds to the piece until it has {@code most} bytes or there are no more.
     *
     * @throws IOException when the stream breaks off: the bytes before that are kept
     */
    public void fill(InputStream from, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            while (size < most) {
                int read = from.read(buffer, 0, (int) Math.min(buffer.length, most - size));
                if (read < 0) {
                    return;
                }
                out.write(buffer, 0, read);
                size += read;
            }
        }
    }

    @Override
    public void close() {
        remove(file);
    }

    static void remove(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
