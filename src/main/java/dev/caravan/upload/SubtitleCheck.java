package dev.caravan.upload;

import java.nio.file.Path;

/** Checks that an uploaded file can be used as subtitles. */
public interface SubtitleCheck {
    /**
     * @return {@code srt} or {@code vtt}, by the file's content
     * @throws dev.caravan.failure.StepException permanent {@code SRT_...}, with the wrong line
     */
    String check(Path file);
}
