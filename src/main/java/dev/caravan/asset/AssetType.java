package dev.caravan.asset;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.caravan.format.ExtensionTable;
import java.util.Locale;

/** The kind of media of an asset. Written in lower case. */
public enum AssetType {
    VIDEO,
    IMAGE,
    AUDIO;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Guesses the type from the extension of a file name; video for an unknown one. The bytes may be of another type. */
    public static AssetType named(String filename) {
        String extension = filename.substring(filename.lastIndexOf('.') + 1);
        if (ExtensionTable.namePicture(extension)) {
            return IMAGE;
        }
        return ExtensionTable.nameSound(extension) ? AUDIO : VIDEO;
    }
}
