package dev.caravan.asset;

import java.time.Instant;
import org.apache.commons.codec.digest.DigestUtils;

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
        return DigestUtils.sha256Hex(String.join("\n", words)).substring(0, HEX_DIGITS);
    }
}
