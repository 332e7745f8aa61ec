package dev.caravan.stream;

import dev.caravan.asset.Asset;
import dev.caravan.storage.MediaFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A file as it is shown.
 *
 * @param contentType one that no browser runs as a page of ours, whatever the object's own is
 * @param name what people call it, with the extension of what it is now
 * @param modified when it took its place, whole seconds; empty where another may have had it within that second
 */
record StreamFile(MediaFile file, String contentType, String name, Optional<Instant> modified) {
    private static final Set<String> MEDIA = Set.of("video", "audio", "image");
    private static final Set<String> TEXTS =
            Set.of("text/vtt", "text/plain", "application/x-subrip", "application/json");
    private static final String DRAWING = "image/svg+xml";
    private static final String BYTES = "application/octet-stream";

    /** @param since ISO 8601, or null where nobody knows */
    static StreamFile of(Asset asset, MediaFile file, String since) {
        Optional<Instant> modified =
                Optional.ofNullable(since).map(time -> Instant.parse(time).truncatedTo(ChronoUnit.SECONDS));
        return new StreamFile(file, harmless(file.contentType()), name(asset, file), modified);
    }

    String tag() {
        return "\"" + file.etag() + "\"";
    }

    /** Whether it may hold scripts, so that it is shown in a sandbox alone. */
    boolean drawing() {
        return contentType.equals(DRAWING);
    }

    /** What uploads are said to be comes from outside, and a page with scripts would run as one of ours. */
    private static String harmless(String contentType) {
        String type = Optional.ofNullable(contentType).orElse(BYTES).toLowerCase(Locale.ROOT);
        String plain = type.replaceFirst(";.*", "").strip();
        boolean media = plain.matches("[a-z]+/[a-z0-9.+-]{1,60}") && (plain.equals(DRAWING) || !plain.contains("svg"));
        return media && MEDIA.contains(plain.substring(0, plain.indexOf('/'))) || TEXTS.contains(plain) ? plain : BYTES;
    }

    /** A label goes with a video through all its forms, and is right about its format only for the first. */
    private static String name(Asset asset, MediaFile file) {
        String label = Optional.ofNullable(file.filename())
                .map(name -> forPeople(asset, name))
                .or(() -> Optional.ofNullable(asset.filename()))
                .filter(text -> !text.isBlank())
                .orElse("video");
        String extension = extension(file.key());
        if (extension.isEmpty() || extension.equalsIgnoreCase(extension(label))) {
            return label;
        }
        return label.substring(0, label.length() - extension(label).length()) + extension;
    }

    /** {@code <asset_id>-poster.jpg} is {@code holiday-poster.jpg} of {@code holiday.mov}. */
    private static String forPeople(Asset asset, String name) {
        String upload = asset.filename();
        return upload == null || upload.isBlank() || !name.startsWith(asset.assetId() + "-")
                ? name
                : upload.substring(0, upload.length() - extension(upload).length())
                        + name.substring(asset.assetId().length());
    }

    private static String extension(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 1 || !last.substring(dot).matches("\\.[A-Za-z0-9]{1,8}") ? "" : last.substring(dot);
    }
}
