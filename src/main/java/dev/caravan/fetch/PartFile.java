package dev.caravan.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The received part of a file, with the strong entity tag that the rest must have too. It outlives the attempt that began
 * it, and the process.
 */
final class PartFile {
    private static final int PIECE = 1 << 16;

    private final Path whole;
    private final Path part;
    private final Path tag;
    private MessageDigest digest = DigestUtils.getSha256Digest();
    private long size;

    /** @param whole path of the complete file; the part is beside it */
    PartFile(Path whole) {
        this.whole = whole;
        this.part = whole.resolveSibling(whole.getFileName() + ".part");
        this.tag = whole.resolveSibling(whole.getFileName() + ".etag");
    }

    /** Reads the part of an earlier attempt. Without an entity tag it cannot be continued, and is begun again. */
    PartFile opened() throws IOException {
        digest = DigestUtils.getSha256Digest();
        size = 0;
        if (etag().isEmpty()) {
            return begin(null);
        }
        try (InputStream in = Files.newInputStream(part)) {
            byte[] piece = new byte[PIECE];
            for (int read; (read = in.read(piece)) > 0; size += read) {
                digest.update(piece, 0, read);
            }
        } catch (NoSuchFileException e) {
            return begin(null);
        }
        return this;
    }

    /** @param newTag of the bytes that follow; null if there is no strong one */
    PartFile begin(String newTag) throws IOException {
        digest = DigestUtils.getSha256Digest();
        size = 0;
        Files.deleteIfExists(tag);
        Files.deleteIfExists(part);
        if (newTag != null) {
            Files.writeString(tag, newTag);
        }
        return this;
    }

    Optional<String> etag() throws IOException {
        try {
            return Optional.of(Files.readString(tag));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    long size() {
        return size;
    }

    OutputStream more() throws IOException {
        OutputStream out = Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                digest.update(bytes, from, length);
                size += length;
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    /** Gives the complete file its own name. */
    Fetched complete() throws IOException {
        if (!Files.exists(part)) {
            Files.createFile(part);
        }
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(tag);
        return new Fetched(size, HexFormat.of().formatHex(digest.digest()));
    }

    void discard() {
        try {
            begin(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
