package dev.caravan.media;

import dev.caravan.format.Container;
import dev.caravan.format.FileHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The kind of a file by its bytes, with the name and the media type under which it is stored.
 *
 * @param picture true for a still picture, false for video and audio
 * @param extension without the dot
 */
public record FileKind(boolean picture, String extension, String contentType) {
    private static final FileKind AVIF = new FileKind(true, "avif", "image/avif");

    /**
     * @throws dev.caravan.failure.StepException permanent {@code EMPTY_FILE}, {@code NOT_MEDIA} or {@code PLAYLIST_REFUSED}
     */
    public static FileKind of(Path file) {
        return still(file).orElseGet(() -> of(new Sniffer().container(file)));
    }

    /** Returns the kind of a still picture; empty for everything else. */
    static Optional<FileKind> still(Path file) {
        FileHead head = head(file);
        boolean avif = head.text(8, "avif") || head.text(8, "avis");
        return Container.of(head)
                .filter(known -> known.kind() == Container.Kind.IMAGE)
                .map(known -> known == Container.ISO_IMAGE && avif ? AVIF : of(known));
    }

    private static FileKind of(Container container) {
        boolean picture = container.kind() == Container.Kind.IMAGE;
        return new FileKind(picture, container.extension(), container.contentType());
    }

    private static FileHead head(Path file) {
        try {
            return Sniffer.head(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
