package dev.caravan.asset;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What kind of media an asset is. Written in lower case. */
public enum AssetType {
    VIDEO,
    IMAGE,
    AUDIO;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
