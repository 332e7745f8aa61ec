package dev.caravan.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a file is by its bytes, for who must name it.
 *
 * @param picture true for a still picture, false for what lasts
 * @param extension without the dot
 */
public record FileKind(boolean picture, String extension, String contentType) {
    private static final Map<Container, FileKind> KINDS = Map.ofEntries(
            picture(Container.PNG, "png", "image/png"),
            picture(Container.JPEG, "jpg", "image/jpeg"),
            picture(Container.GIF, "gif", "image/gif"),
            picture(Container.WEBP, "webp", "image/webp"),
            picture(Container.TIFF, "tif", "image/tiff"),
            picture(Container.BMP, "bmp", "image/bmp"),
            picture(Container.ISO_IMAGE, "heic", "image/heic"),
            media(Container.MOV, "mp4", "video/mp4"),
            media(Container.MATROSKA, "mkv", "video/x-matroska"),
            media(Container.AVI, "avi", "video/x-msvideo"),
            media(Container.MPEG_TS, "ts", "video/mp2t"),
            media(Container.MPEG_PS, "mpg", "video/mpeg"),
            media(Container.MPEG_VIDEO, "mpg", "video/mpeg"),
            media(Container.FLV, "flv", "video/x-flv"),
            media(Container.ASF, "wmv", "video/x-ms-wmv"),
            media(Container.OGG, "ogg", "application/ogg"),
            media(Container.MXF, "mxf", "application/mxf"),
            media(Container.WAV, "wav", "audio/wav"),
            media(Container.FLAC, "flac", "audio/flac"),
            media(Container.MP3, "mp3", "audio/mpeg"),
            media(Container.ADTS, "aac", "audio/aac"));

    private static final FileKind AVIF = new FileKind(true, "avif", "image/avif");

    /**
     * @throws dev.caravan.failure.StepException permanent {@code EMPTY_FILE}, {@code NOT_MEDIA} or {@code PLAYLIST_REFUSED}
     */
    public static FileKind of(Path file) {
        return still(file).orElseGet(() -> KINDS.get(new Sniff().container(file)));
    }

    /** The kind of a still picture; empty for everything else. */
    static Optional<FileKind> still(Path file) {
        Head head = head(file);
        Optional<Container> container = Container.of(head).filter(known -> known.kind == Container.Kind.IMAGE);
        boolean avif = head.text(8, "avif") || head.text(8, "avis");
        return container.map(known -> known == Container.ISO_IMAGE && avif ? AVIF : KINDS.get(known));
    }

    private static Head head(Path file) {
        try {
            return Head.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map.Entry<Container, FileKind> picture(Container container, String extension, String type) {
        return Map.entry(container, new FileKind(true, extension, type));
    }

    private static Map.Entry<Container, FileKind> media(Container container, String extension, String type) {
        return Map.entry(container, new FileKind(false, extension, type));
    }
}
