package dev.caravan.subtitle;

import dev.caravan.failure.StepException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parses SRT with the lines of times as the only landmarks: the lines after one are its text, except the next one's
 * index. Blank lines and indices may be missing or too many, and cues may be in any order.
 */
final class SrtParser {
    private static final int MAX_QUOTE = 60;
    private static final String INDEX = "\\d{1,6}";

    private final List<String> lines;
    private final SubtitleFormat subtitleFormat;
    private final Remarks remarks = new Remarks();
    private final CueSheet sheet;
    private long index;
    private boolean indexed;

    SrtParser(List<String> lines, SubtitleFormat subtitleFormat) {
        this.subtitleFormat = subtitleFormat;
        this.lines = subtitleFormat == SubtitleFormat.VTT ? VttBlocks.blanked(lines) : lines;
        this.sheet = new CueSheet(subtitleFormat, remarks);
    }

    /** @throws StepException permanent {@code SRT_WITHOUT_CUES} or {@code SRT_TOO_LARGE} */
    Subtitles parse(FileCharset coding) {
        int open = -1;
        for (int at = 0; at <= lines.size(); at++) {
            if (at == lines.size() || isTiming(lines.get(at))) {
                boolean numbered = indexed;
                long number = index;
                List<String> text = withoutIndex(open + 1, at);
                if (open >= 0) {
                    add(open, number > 0 ? withoutOrphan(open + 1, text, number + 1) : text, numbered);
                } else {
                    outside(text);
                }
                open = at;
            }
        }
        if (sheet.isEmpty()) {
            throw withoutCues();
        }
        List<Cue> cues = sheet.cues();
        return new Subtitles(cues, cues.size() + remarks.lost(), subtitleFormat.format, coding, remarks);
    }

    private static boolean isTiming(String line) {
        return Timing.isMeant(line) || Timing.of(line).isPresent();
    }

    private void add(int at, List<String> text, boolean numbered) {
        Optional<Timing> timing = Timing.of(lines.get(at));
        if (timing.isEmpty()) {
            remarks.add(Remark.UNTIMED, at + 1);
        } else {
            if (!numbered) {
                subtitleFormat.remark(remarks, Remark.NO_INDEX, at + 1);
            }
            sheet.add(at + 1, timing.get(), withBehind(timing.get(), text, at + 1));
        }
        sheet.refuseMore(at + 1);
    }

    /** Adds text after the times that is neither a coordinate nor a setting: it was meant to be shown. */
    private List<String> withBehind(Timing timing, List<String> text, int line) {
        if (subtitleFormat == SubtitleFormat.OWN || !timing.isFollowedByText()) {
            return text;
        }
        remarks.add(Remark.BEHIND_TIMES, line);
        return Stream.concat(Stream.of(timing.rest()), text.stream()).toList();
    }

    /** Reports text above the first times; a number above it shows that it was meant to be a cue. */
    private void outside(List<String> text) {
        for (int at = 0; at < text.size(); at++) {
            if (!text.get(at).isBlank()) {
                boolean cue = text.get(at).strip().matches(INDEX) && at + 1 < text.size();
                remarks.add(cue ? Remark.UNTIMED : Remark.OUTSIDE, at + 1);
                return;
            }
        }
    }

    /**
     * Below a blank line, the next number in sequence is a cue that has lost its times, if text follows it or if the next
     * index continues from it.
     */
    private List<String> withoutOrphan(int first, List<String> text, long number) {
        for (int at = 1; subtitleFormat == SubtitleFormat.SRT && at < text.size(); at++) {
            String line = text.get(at).strip();
            boolean followed = at + 1 < text.size() && !text.get(at + 1).isBlank();
            if (text.get(at - 1).isBlank()
                    && line.matches(INDEX)
                    && Long.parseLong(line) == number
                    && (followed || index == number + 1)) {
                remarks.add(Remark.UNTIMED, first + at + 1);
                return text.subList(0, at);
            }
        }
        return text;
    }

    /**
     * A number right above the times is their index. One that blank lines separate from them is an index only if it is
     * the next in sequence; it may be spoken text.
     */
    private List<String> withoutIndex(int first, int end) {
        List<String> between = lines.subList(first, end);
        boolean atEnd = end == lines.size();
        indexed = false;
        int last = between.size() - 1;
        while (last >= 0 && between.get(last).isBlank()) {
            last--;
        }
        if (last < 0 || !between.get(last).strip().matches(INDEX)) {
            return between;
        }
        long number = Long.parseLong(between.get(last).strip());
        boolean touches = last == between.size() - 1 && !atEnd;
        boolean countsOn =
                number == index + 1 && (last == 0 || between.get(last - 1).isBlank());
        if (!touches && !countsOn) {
            return between;
        }
        if (atEnd && subtitleFormat == SubtitleFormat.SRT) {
            remarks.add(Remark.UNTIMED, first + last + 1);
        }
        index = number;
        indexed = true;
        return between.subList(0, last);
    }

    private StepException withoutCues() {
        List<Integer> untimed = remarks.lines(Remark.UNTIMED).stream()
                .filter(line -> isTiming(lines.get(line - 1)))
                .toList();
        int at = untimed.isEmpty() ? expectedTiming() : untimed.get(0) - 1;
        String quote = PrintableLine.of(lines.get(at));
        boolean isTiming = Timing.of(lines.get(at)).isPresent();
        return StepException.permanent(
                "SRT_WITHOUT_CUES",
                "SRT file holds no cue that can be shown: line %d %s, but is \"%s\""
                        .formatted(
                                at + 1,
                                isTiming
                                        ? "should be followed by text, and end after it begins"
                                        : "should be a timing such as 00:00:01,000 --> 00:00:02,500",
                                quote.length() > MAX_QUOTE ? quote.substring(0, MAX_QUOTE) + "..." : quote),
                "Check that it is an SRT file, and export it again.");
    }

    /** Returns the first line of times; without one, the line below the first index; without that, the first line. */
    private int expectedTiming() {
        for (int at = 0; at < lines.size(); at++) {
            if (isTiming(lines.get(at))) {
                return at;
            }
        }
        int first = nextText(0);
        if (first == lines.size()) {
            return 0;
        }
        boolean isIndex = lines.get(first).strip().matches(INDEX);
        return isIndex && nextText(first + 1) < lines.size() ? nextText(first + 1) : first;
    }

    private int nextText(int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
        return at;
    }
}
