package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.format.Container;
import dev.caravan.format.FileHead;
import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Determines the kind of a file by its bytes alone, before FFmpeg or libvips reads it. */
public final class Sniffer {
    private static final String MEDIA =
            "Upload a video such as MP4, MOV, MKV, WebM or AVI, or sound such as MP3, WAV, M4A, FLAC or Ogg.";
    private static final String PICTURES = "Upload a picture such as JPEG, PNG, WebP, GIF, TIFF, BMP, HEIC or AVIF.";

    /**
     * @throws StepException permanent {@code EMPTY_FILE}, {@code NOT_MEDIA}, {@code PLAYLIST_REFUSED} or {@code
     *     TYPE_MISMATCH}
     */
    Container container(Path file) {
        return look(file, Sniffer::accepted);
    }

    /**
     * Tells whether the file is a picture of a known kind; does not judge what it is otherwise.
     *
     * @throws StepException permanent {@code EMPTY_FILE}
     */
    public static boolean isPicture(Path file) {
        return look(file, recognised -> recognised
                .filter(container -> container.kind() == Container.Kind.IMAGE)
                .isPresent());
    }

    /**
     * Returns the kind of the file; empty for an unknown one.
     *
     * @throws StepException permanent {@code EMPTY_FILE}
     */
    static Optional<Container> kind(Path file) {
        return look(file, recognised -> recognised);
    }

    private static <T> T look(Path file, Function<Optional<Container>, T> judge) {
        try {
            if (PlainFile.size(file) == 0) {
                throw StepException.permanent("EMPTY_FILE", "The file is empty", "Upload it again.");
            }
            return judge.apply(Container.of(head(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the kind of a picture: {@code JPEG, PNG, WEBP, GIF, TIFF, BMP} or {@code ISO_IMAGE} (HEIF, AVIF).
     *
     * @throws StepException permanent {@code EMPTY_FILE}, {@code NOT_MEDIA}, {@code PLAYLIST_REFUSED} or
     *     {@code TYPE_MISMATCH}
     */
    public static String picture(Path file) {
        return look(file, recognised -> {
            Container container = recognised.orElseThrow(() -> StepException.permanent(
                    "NOT_MEDIA",
                    "The file is no known kind of picture; its first bytes belong to no picture format",
                    PICTURES));
            return switch (container.kind()) {
                case IMAGE -> container.name();
                case MEDIA ->
                    throw StepException.permanent(
                            "TYPE_MISMATCH",
                            "The file is " + container.label() + ", not a picture",
                            "Upload it as a video or as sound, or upload the picture.");
                case PLAYLIST ->
                    throw StepException.permanent(
                            "PLAYLIST_REFUSED",
                            "The file is " + container.label() + ": it names other files instead of holding a picture",
                            PICTURES);
                case OTHER ->
                    throw StepException.permanent(
                            "NOT_MEDIA", "The file is no picture; it looks like " + container.label(), PICTURES);
            };
        });
    }

    private static Container accepted(Optional<Container> recognised) {
        Container container = recognised.orElseThrow(() -> StepException.permanent(
                "NOT_MEDIA",
                "The file is no known kind of media: no video or sound format was found in its first 64 KiB",
                MEDIA));
        return switch (container.kind()) {
            case MEDIA -> container;
            case PLAYLIST ->
                throw StepException.permanent(
                        "PLAYLIST_REFUSED",
                        "The file is " + container.label() + ": it names other files instead of holding media",
                        "Upload the video or the sound itself.");
            case IMAGE ->
                throw StepException.permanent(
                        "TYPE_MISMATCH",
                        "The file is " + container.label() + ", neither video nor sound",
                        "Upload it as an image, or upload the video or the sound.");
            case OTHER ->
                throw StepException.permanent(
                        "NOT_MEDIA", "The file is no media; it looks like " + container.label(), advice(container));
        };
    }

    private static String advice(Container container) {
        return switch (container) {
            case GZIP, ZLIB, ZSTD -> "Unpack it, or store and send it without Content-Encoding, and upload it again.";
            case RAW_VIDEO -> "Put it into a container first, for example with: ffmpeg -i FILE -c copy FILE.mp4";
            default -> MEDIA;
        };
    }

    static FileHead head(Path file) throws IOException {
        try (InputStream stream = PlainFile.read(file)) {
            return FileHead.of(stream);
        }
    }
}
