package dev.caravan.asset;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of an asset. Written in lower case. */
public enum AssetStatus {
    UPLOADING,
    PROCESSING,
    READY,
    FAILED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
