package dev.caravan.subtitle;

import dev.caravan.failure.StepException;
import dev.caravan.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files as they are found under the name .srt: strict where they cannot be understood, tolerant of all the rest. */
public final class SrtFile {
    private final long maxSize;

    /** @param maxSize bytes; a larger file is refused unread */
    public SrtFile(long maxSize) {
        this.maxSize = maxSize;
    }

    public static SrtFile of(Settings settings) {
        return new SrtFile(settings.bytes("caravan.subtitles.max-size"));
    }

    /**
     * Reads and checks the whole file.
     *
     * @throws StepException permanent {@code SRT_EMPTY}, {@code SRT_BINARY}, {@code SRT_WITHOUT_CUES} or {@code
     *     SRT_TOO_LARGE}; the message names the line
     */
    public Subtitles read(Path file) {
        try {
            checkSize(Files.size(file));
            SrtText text = SrtText.decode(Files.readAllBytes(file));
            return new SrtParser(text.lines()).parse(text.charset(), text.guessed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws StepException permanent {@code SRT_TOO_LARGE} */
    void checkSize(long size) {
        if (size > maxSize) {
            throw tooLarge("it has %d bytes, and at most %d are read".formatted(size, maxSize));
        }
    }

    static StepException tooLarge(String why) {
        return StepException.permanent(
                "SRT_TOO_LARGE", "SRT file is too large: " + why, "Upload the subtitles of this video only.");
    }
}
