package dev.caravan.stream;

import dev.caravan.asset.Asset;
import dev.caravan.storage.MediaFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A file with the headers under which it is shown.
 *
 * @param contentType one that no browser runs as a page of Caravan, whatever the object's own is
 * @param name for display, with the extension of the current format
 * @param modified when it took its place, whole seconds; empty if another file may have had it within that second
 */
record StreamFile(MediaFile file, String contentType, String name, Optional<Instant> modified) {
    private static final Set<String> MEDIA = Set.of("video", "audio", "image");
    private static final Set<String> TEXTS =
            Set.of("text/vtt", "text/plain", "application/x-subrip", "application/json");
    private static final String DRAWING = "image/svg+xml";
    private static final String BYTES = "application/octet-stream";

    /** @param since ISO 8601, or null if unknown */
    static StreamFile of(Asset asset, MediaFile file, String since) {
        Optional<Instant> modified =
                Optional.ofNullable(since).map(time -> Instant.parse(time).truncatedTo(ChronoUnit.SECONDS));
        return new StreamFile(file, harmless(file.contentType()), name(asset, file), modified);
    }

    String tag() {
        return "\"" + file.etag() + "\"";
    }

    /** Says whether it may hold scripts, so that it is shown only in a sandbox. */
    boolean drawing() {
        return contentType.equals(DRAWING);
    }

    /** Replaces a dangerous type: clients declare the types, and a page with scripts would run as one of Caravan. */
    private static String harmless(String contentType) {
        String type = Optional.ofNullable(contentType).orElse(BYTES).toLowerCase(Locale.ROOT);
        String plain = type.replaceFirst(";.*", "").strip();
        boolean media = plain.matches("[a-z]+/[a-z0-9.+-]{1,60}") && (plain.equals(DRAWING) || !plain.contains("svg"));
        return media && MEDIA.contains(plain.substring(0, plain.indexOf('/'))) || TEXTS.contains(plain) ? plain : BYTES;
    }

    /** Names the file. A label stays with a video in all its formats, and its extension is right only for the first. */
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

    /** Turns {@code <asset_id>-poster.jpg} into {@code holiday-poster.jpg} for {@code holiday.mov}. */
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
