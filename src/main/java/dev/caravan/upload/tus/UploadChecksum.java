package dev.caravan.upload.tus;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The header {@code Upload-Checksum}: {@code sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=}, over the body of one request.
 *
 * @param digest gets the bytes as they are read
 */
record UploadChecksum(MessageDigest digest, byte[] expected) {
    static final String ALGORITHMS = "sha1,sha256,md5";

    private static final Map<String, String> NAMES = Map.of("sha1", "SHA-1", "sha256", "SHA-256", "md5", "MD5");

    /** @throws ProblemException {@code MALFORMED_REQUEST} */
    static UploadChecksum parse(String header) {
        String[] words = header.strip().split("\\s+", 2);
        String algorithm = NAMES.get(words[0]);
        if (algorithm == null || words.length < 2) {
            throw malformed();
        }
        try {
            return new UploadChecksum(
                    MessageDigest.getInstance(algorithm), Base64.getDecoder().decode(words[1].strip()));
        } catch (IllegalArgumentException e) {
            throw malformed();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }

    private static ProblemException malformed() {
        return new ProblemException(
                ProblemCode.MALFORMED_REQUEST,
                "Upload-Checksum is not one that is known here",
                "Send one of %s, a space, and the checksum in Base64.".formatted(ALGORITHMS));
    }

    /** @throws ProblemException {@code PIECE_CHECKSUM_DIFFERS} */
    void check() {
        if (!MessageDigest.isEqual(digest.digest(), expected)) {
            throw new ProblemException(
                    ProblemCode.PIECE_CHECKSUM_DIFFERS,
                    "The bytes of this request have another checksum; none of them are kept",
                    "Send them again.");
        }
    }
}
