package dev.caravan.upload;

import java.nio.file.Path;

/** Whether an uploaded file can be used as subtitles. */
public interface SubtitleCheck {
    /** @throws dev.caravan.http.ProblemException {@code INVALID_SUBTITLES}, with the line that is wrong */
    void check(Path file);

    /** All that can be said without knowing the format. */
    static void notEmpty(Path file) {
        if (file.toFile().length() == 0) {
            throw Refusals.subtitles("The subtitles are empty");
        }
    }
}
