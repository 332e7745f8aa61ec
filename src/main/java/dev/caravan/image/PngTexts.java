package dev.caravan.image;

import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Removes the compressed texts of a PNG (W3C, Portable Network Graphics, 11.3.3): no picture needs them, every loader
 * unpacks them, and 200 kB of them may hold 200 MB.
 */
final class PngTexts {
    private static final Set<String> COMPRESSED = Set.of("zTXt", "iTXt");
    /** Usual comments and descriptions are smaller, so their file stays as it is. Bytes. */
    private static final long FEW = 64 << 10;

    private static final int AROUND = 12;
    private static final int SIGNATURE = 8;

    private PngTexts() {}

    /** @return the file, or a copy of it in {@code folder} without its compressed texts if these have many bytes */
    static Path without(Path png, Path folder) {
        try (RandomAccessFile file = PlainFile.random(png)) {
            if (copy(file, null) <= FEW) {
                return png;
            }
            Path copy = folder.resolve("picture-without-texts.png");
            Files.deleteIfExists(copy);
            try (FileChannel to = FileChannel.open(
                    copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                copy(file, to);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param to null to count only
     * @return bytes of compressed texts
     */
    private static long copy(RandomAccessFile file, FileChannel to) throws IOException {
        long texts = 0;
        long at = SIGNATURE;
        write(file, 0, SIGNATURE, to);
        while (at + AROUND <= file.length()) {
            file.seek(at);
            long length = AROUND + Integer.toUnsignedLong(file.readInt());
            byte[] type = new byte[4];
            file.readFully(type);
            if (COMPRESSED.contains(new String(type, StandardCharsets.ISO_8859_1))) {
                texts += length;
            } else {
                write(file, at, length, to);
            }
            at += length;
        }
        return texts;
    }

    private static void write(RandomAccessFile file, long from, long length, FileChannel to) throws IOException {
        long end = Math.min(file.length(), from + length);
        for (long at = from; to != null && at < end; ) {
            at += file.getChannel().transferTo(at, end - at, to);
        }
    }
}
