package dev.caravan.media;

import dev.caravan.storage.PlainFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;

/** Computes the SHA-256 of a file, read piece by piece. */
final class Sha256 {
    private static final int PIECE = 1 << 16;

    private Sha256() {}

    /** Returns 64 hex digits in lower case. */
    static String of(Path file) {
        try (InputStream in = PlainFile.read(file)) {
            return DigestUtils.sha256Hex(new BufferedInputStream(in, PIECE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
