package dev.caravan.subtitle;

import dev.caravan.failure.StepException;
import dev.caravan.settings.Settings;
import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Reads subtitle files, SRT or WebVTT by their first line: refuses those that cannot be understood, and tolerates every
 * other fault.
 */
public final class SrtFile {
    private final long maxSize;
    private final boolean own;

    /** @param maxSize bytes; a larger file is refused unread */
    public SrtFile(long maxSize) {
        this(maxSize, false);
    }

    private SrtFile(long maxSize, boolean own) {
        this.maxSize = maxSize;
        this.own = own;
    }

    /** Creates a reader for {@link SrtWriter}'s output, which may be longer than the source file. */
    static SrtFile own() {
        return new SrtFile(Long.MAX_VALUE, true);
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
            checkSize(PlainFile.size(file));
            DecodedText text = DecodedText.decode(bytes(file));
            return new SrtParser(text.lines(), own ? SubtitleFormat.OWN : text.dialect()).parse(text.coding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = PlainFile.read(file)) {
            return in.readAllBytes();
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
