package dev.caravan.asset;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an asset stands. Written in lower case. */
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
