package dev.caravan.asset;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.caravan.format.ExtensionTable;
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

    /** What the end of a file's name promises; a video where it says nothing. The bytes may know better. */
    public static AssetType named(String filename) {
        String extension = filename.substring(filename.lastIndexOf('.') + 1);
        if (ExtensionTable.namePicture(extension)) {
            return IMAGE;
        }
        return ExtensionTable.nameSound(extension) ? AUDIO : VIDEO;
    }
}
