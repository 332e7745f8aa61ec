package dev.caravan.media;

import dev.caravan.failure.StepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Establishes what a file is by its bytes alone, before FFmpeg sees it. */
final class Sniff {

    /**
     * @throws StepException permanent {@code EMPTY_FILE}, {@code NOT_MEDIA}, {@code PLAYLIST_REFUSED} or {@code
     *     TYPE_MISMATCH}
     */
    Container container(Path file) {
        try {
            if (Files.size(file) == 0) {
                throw StepException.permanent("EMPTY_FILE", "The file is empty", "Upload it again.");
            }
            return accepted(Container.of(Head.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Container accepted(Optional<Container> recognised) {
        Container container = recognised.orElseThrow(() -> StepException.permanent(
                "NOT_MEDIA",
                "The file is no known kind of media; its first bytes belong to no video or sound format",
                "Upload a video such as MP4, MOV, MKV, WebM or AVI."));
        return switch (container.kind) {
            case MEDIA -> container;
            case PLAYLIST ->
                throw StepException.permanent(
                        "PLAYLIST_REFUSED",
                        "The file is " + container.label + ": it names other files instead of holding media",
                        "Upload the video itself.");
            case IMAGE ->
                throw StepException.permanent(
                        "TYPE_MISMATCH",
                        "The file is " + container.label + ", not a video",
                        "Upload it as an image, or upload the video.");
            case OTHER ->
                throw StepException.permanent(
                        "NOT_MEDIA",
                        "The file is no media; it looks like " + container.label,
                        "Upload a video such as MP4, MOV, MKV, WebM or AVI.");
        };
    }
}
