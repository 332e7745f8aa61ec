package dev.caravan.subtitle;

import java.util.List;
import java.util.Map;

/**
 * The content of a subtitle file. Each of the {@code found} cues is either among {@code cues} or reported in a warning.
 *
 * @param cues by their start; at least one
 * @param found number of cues in the file, shown or not
 * @param format {@code srt} or {@code vtt}
 * @param coding charset of the file
 * @param remarks remarks on its lines
 */
public record Subtitles(List<Cue> cues, int found, String format, FileCharset coding, Remarks remarks) {

    public Subtitles {
        cues = List.copyOf(cues);
    }

    /** Returns the end of the last cue, in milliseconds from the start of the video. */
    public long end() {
        return cues.stream().mapToLong(Cue::end).max().orElse(0);
    }

    /** Returns the cues that begin at that time or after it. */
    public List<Cue> from(long milliseconds) {
        return cues.stream().filter(cue -> cue.start() >= milliseconds).toList();
    }

    /** Returns warnings by code: cues that are not shown, and repairs, with the lines. */
    public Map<String, String> warnings() {
        return remarks.sentences(found);
    }
}
