package dev.caravan.subtitle;

import java.util.List;
import java.util.Map;

/**
 * What a subtitle file says. Of {@code found} cues each is either among {@code cues} or told of in a warning.
 *
 * @param cues by their start; at least one
 * @param found how many cues the file holds, shown or not
 * @param format {@code srt} or {@code vtt}
 * @param coding the charset that the file was read with
 * @param remarks what is to be said of its lines
 */
public record Subtitles(List<Cue> cues, int found, String format, FileCharset coding, Remarks remarks) {

    public Subtitles {
        cues = List.copyOf(cues);
    }

    /** Milliseconds from the start of the video at which the last cue goes. */
    public long end() {
        return cues.stream().mapToLong(Cue::end).max().orElse(0);
    }

    /** The cues that begin at that time or after it. */
    public List<Cue> from(long milliseconds) {
        return cues.stream().filter(cue -> cue.start() >= milliseconds).toList();
    }

    /** By code: what is not shown, and what was repaired, with the lines. */
    public Map<String, String> warnings() {
        return remarks.sentences(found);
    }
}
