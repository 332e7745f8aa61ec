package dev.caravan.subtitle;

import java.util.List;
import java.util.Optional;

/**
 * What an SRT file says.
 *
 * @param cues by their start; at least one
 * @param charset Java's name of the one that the file was read with
 * @param guessed true when nothing in the file says that it is that one
 * @param untimed lines of timings that cannot be shown: unreadable ones, and those that end before they begin
 */
public record Subtitles(List<Cue> cues, String charset, boolean guessed, List<Integer> untimed) {

    public Subtitles {
        cues = List.copyOf(cues);
        untimed = List.copyOf(untimed);
    }

    /** Milliseconds from the start of the video at which the last cue goes. */
    public long end() {
        return cues.stream().mapToLong(Cue::end).max().orElse(0);
    }

    /** How many cues begin at that time or after it. */
    public long from(long milliseconds) {
        return cues.stream().filter(cue -> cue.start() >= milliseconds).count();
    }

    /** What became of the cues whose times cannot be shown, in a sentence; empty when there are none. */
    public Optional<String> unshown() {
        return untimed.isEmpty()
                ? Optional.empty()
                : Optional.of("%d of %d cues have no time at which they can be shown, the first in line %d"
                        .formatted(untimed.size(), cues.size() + untimed.size(), untimed.get(0)));
    }
}
