package dev.caravan.upload;

import java.nio.file.Path;

/** Whether an uploaded file can be used as subtitles. */
public interface SubtitleCheck {
    /**
     * @return {@code srt} or {@code vtt}, by what the file says
     * @throws dev.caravan.failure.StepException permanent {@code SRT_...}, with the line that is wrong
     */
    String check(Path file);
}
