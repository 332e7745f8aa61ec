package dev.caravan.image;

import dev.caravan.storage.PlainFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads a file at any offset: headers are at the front, at the end, and between. */
final class RandomAccessBytes implements AutoCloseable {
    /** More than any header that is worth reading. Bytes. */
    private static final int MAX = 1 << 20;

    private final RandomAccessFile file;

    RandomAccessBytes(Path path) throws IOException {
        file = PlainFile.random(path);
    }

    long size() throws IOException {
        return file.length();
    }

    /** @throws EOFException if the file ends earlier */
    byte[] at(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || length > MAX) {
            throw new IOException("it contradicts itself");
        }
        if (offset + length > file.length()) {
            throw new EOFException("the file ends before it");
        }
        byte[] bytes = new byte[length];
        file.seek(offset);
        file.readFully(bytes);
        return bytes;
    }

    /** Unsigned, the most significant byte first. */
    long big(long offset, int length) throws IOException {
        long value = 0;
        for (byte next : at(offset, length)) {
            value = value << 8 | next & 0xFF;
        }
        return value;
    }

    /** Unsigned, the least significant byte first. */
    long little(long offset, int length) throws IOException {
        byte[] bytes = at(offset, length);
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    boolean says(long offset, String text) throws IOException {
        return offset + text.length() <= size() && text(offset, text.length()).equals(text);
    }

    String text(long offset, int length) throws IOException {
        return new String(at(offset, length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
