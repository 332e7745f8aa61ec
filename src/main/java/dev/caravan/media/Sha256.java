package dev.caravan.media;

import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes the SHA-256 of a file, read piece by piece. */
final class Sha256 {
    private static final int PIECE = 1 << 16;

    private Sha256() {}

    /** Returns 64 hex digits in lower case. */
    static String of(Path file) {
        try (InputStream in = PlainFile.read(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE];
            for (int read; (read = in.read(piece)) > 0; ) {
                digest.update(piece, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
