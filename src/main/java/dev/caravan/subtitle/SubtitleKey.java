package dev.caravan.subtitle;

import dev.caravan.failure.StepException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides which objects a job may read as its subtitles: those of its own asset, and uploads.
 *
 * @param uploads prefixes under which clients put files
 */
record SubtitleKey(List<String> uploads) {
    private static final Pattern SEGMENTS =
            Pattern.compile("(?:(?!\\.{1,2}/)[^/\\\\\\p{Cntrl}]{1,255}+/){1,20}+[^/\\\\\\p{Cntrl}]{1,255}+");

    /** @throws StepException permanent {@code SUBTITLES_REFUSED} */
    void check(String key, String owner, String assetId) {
        boolean within = Stream.concat(uploads.stream(), Stream.of("media/%s/%s/".formatted(owner, assetId)))
                .anyMatch(key::startsWith);
        if (!within || !SEGMENTS.matcher(key).matches()) {
            throw refused(key, "lies neither in the folder of this asset nor among the uploads");
        }
        if (!key.toLowerCase(Locale.ROOT).matches(".*\\.(?:srt|vtt)")) {
            throw refused(key, "ends neither with .srt nor with .vtt");
        }
    }

    private static StepException refused(String key, String why) {
        return StepException.permanent(
                "SUBTITLES_REFUSED",
                "The subtitles cannot be read from there: their key '%s' %s".formatted(key, why),
                "Upload an SRT or WebVTT file under one of caravan.ingest.prefixes, and name its key.");
    }
}
