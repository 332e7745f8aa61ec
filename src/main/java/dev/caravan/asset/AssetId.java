package dev.caravan.asset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Computes the id of an asset from its S3 object: the same for an event and for a listing, so that no object becomes two
 * assets, and a new one when the key is overwritten.
 */
public final class AssetId {
    private static final int HEX_DIGITS = 24;

    private AssetId() {}

    /** Returns 24 hex digits of SHA-256 over bucket, key and version id - or eTag and Last-Modified in seconds. */
    public static String of(String bucket, String key, String versionId, String etag, Instant lastModified) {
        boolean versioned = versionId != null && !versionId.isEmpty() && !versionId.equals("null");
        String version = versioned ? versionId : etag + "\n" + lastModified.getEpochSecond();
        return of(bucket, key, version);
    }

    /** Computes the id of an asset that arrived in another way: the same for the same texts. */
    public static String of(String... words) {
        return HexFormat.of()
                .formatHex(sha256(String.join("\n", words).getBytes(StandardCharsets.UTF_8)))
                .substring(0, HEX_DIGITS);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
