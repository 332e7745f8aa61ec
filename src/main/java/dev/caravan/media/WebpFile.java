package dev.caravan.media;

import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The frames of a WebP file, read from its chunks. Source: RFC 9649 (WebP image format), 2.7.
 *
 * @param frames 1 for a still picture
 * @param duration seconds of all frames, 0 for a still picture
 */
record WebpFile(int width, int height, int frames, double duration) {
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    /** Reads the file; of one that is cut off, the whole frames count. */
    static WebpFile read(Path file) {
        try (RandomAccessFile in = PlainFile.random(file)) {
            WebpFile found = new WebpFile(0, 0, 0, 0);
            long at = HEADER;
            while (at + CHUNK_HEADER <= in.length()) {
                in.seek(at);
                byte[] name = new byte[4];
                in.readFully(name);
                long size = Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
                at += CHUNK_HEADER + size + size % 2;
                if (at > in.length()) {
                    return found;
                }
                found = found.with(new String(name, StandardCharsets.US_ASCII), in);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebpFile with(String chunk, RandomAccessFile in) throws IOException {
        return switch (chunk) {
            case "VP8X" -> {
                in.skipBytes(4);
                yield new WebpFile(int24(in) + 1, int24(in) + 1, frames, duration);
            }
            case "ANMF" -> {
                in.skipBytes(12);
                yield new WebpFile(width, height, frames + 1, duration + int24(in) / 1000.0);
            }
            case "VP8 " -> {
                in.skipBytes(6);
                yield new WebpFile(int16(in) & 0x3FFF, int16(in) & 0x3FFF, frames + 1, duration);
            }
            case "VP8L" -> {
                in.skipBytes(1);
                int bits = Integer.reverseBytes(in.readInt());
                yield new WebpFile((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1, frames + 1, duration);
            }
            default -> this;
        };
    }

    private static int int16(RandomAccessFile in) throws IOException {
        return in.read() | in.read() << 8;
    }

    private static int int24(RandomAccessFile in) throws IOException {
        return int16(in) | in.read() << 16;
    }
}
