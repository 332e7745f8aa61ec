package dev.caravan.upload;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids of assets that did not come as an S3 object. */
public final class RandomAssetId {
    private static final int BYTES = 12;

    private RandomAssetId() {}

    /** Returns 24 hex digits. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
