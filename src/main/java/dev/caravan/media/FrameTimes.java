package dev.caravan.media;

import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads the times of the frames that passed a filter {@code metadata=print}: {@code frame:0 pts:1024 pts_time:0.08}. */
final class FrameTimes {
    private static final Pattern TIME = Pattern.compile("\\bpts_time:(-?\\d+(?:\\.\\d+)?)");

    /** The log of a still has a line or two. Bytes. */
    private static final int MAX_LOG = 1 << 20;

    private FrameTimes() {}

    /** Returns seconds after the first requested frame, in order; an empty list if no frame came. */
    static List<Double> of(Path file) {
        try {
            return PlainFile.exists(file)
                    ? TIME.matcher(new String(PlainFile.bytes(file, MAX_LOG), StandardCharsets.UTF_8))
                            .results()
                            .map((MatchResult found) -> Double.parseDouble(found.group(1)))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
