package dev.caravan.asset;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** What kind of media an asset is. Written in lower case. */
public enum AssetType {
    VIDEO,
    IMAGE,
    AUDIO;

    private static final Set<String> IMAGES =
            Set.of("jpg", "jpeg", "png", "webp", "gif", "heic", "heif", "avif", "tif", "tiff");
    private static final Set<String> SOUND = Set.of("mp3", "wav", "m4a", "aac", "flac", "ogg", "oga", "opus");

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the end of a file's name promises; a video where it says nothing. The bytes may know better. */
    public static AssetType named(String filename) {
        String extension = filename.substring(filename.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (IMAGES.contains(extension)) {
            return IMAGE;
        }
        return SOUND.contains(extension) ? AUDIO : VIDEO;
    }
}
