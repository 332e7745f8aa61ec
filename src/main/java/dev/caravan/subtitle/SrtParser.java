package dev.caravan.subtitle;

import dev.caravan.failure.StepException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.stream.Collectors;

/**
 * Takes the lines of times as the only landmarks: what follows one is its text, less the next one's index. Blank lines and
 * indices may lack or be too many, and cues may be in any order.
 */
final class SrtParser {
    static final int MOST_CUES = 20_000;
    static final int MOST_AT_ONCE = 100;
    /** More fits in no picture. */
    static final int LONGEST_TEXT = 2_000;

    private static final int LONGEST_QUOTE = 60;
    private static final String INDEX = "\\d{1,6}";

    private final List<String> lines;
    private final List<Cue> cues = new ArrayList<>();
    private final List<Integer> untimed = new ArrayList<>();
    private long index;

    SrtParser(List<String> lines) {
        this.lines = lines;
    }

    /** @throws StepException permanent {@code SRT_WITHOUT_CUES} or {@code SRT_TOO_LARGE} */
    Subtitles parse(String charset, boolean guessed) {
        int open = -1;
        for (int at = 0; at <= lines.size(); at++) {
            if (at == lines.size() || isTiming(lines.get(at))) {
                List<String> between = lines.subList(open + 1, at);
                List<String> text = withoutIndex(between, at == lines.size());
                if (open >= 0) {
                    add(open, text);
                }
                open = at;
            }
        }
        if (cues.isEmpty()) {
            throw withoutCues();
        }
        cues.sort(Comparator.comparingLong(Cue::start));
        refuseCrowds();
        return new Subtitles(cues, charset, guessed, untimed);
    }

    private static boolean isTiming(String line) {
        return Timing.isMeant(line) || Timing.of(line).isPresent();
    }

    private void add(int at, List<String> between) {
        String text = between.stream()
                .map(SrtParser::printable)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        if (text.length() > LONGEST_TEXT) {
            throw SrtFile.tooLarge("the cue in line %d has %d characters, and at most %d can be shown"
                    .formatted(at + 1, text.length(), LONGEST_TEXT));
        }
        Optional<Timing> timing = Timing.of(lines.get(at)).filter(Timing::lasts);
        if (timing.isEmpty()) {
            untimed.add(at + 1);
        } else if (!text.isEmpty()) {
            cues.add(new Cue(timing.get().start(), timing.get().end(), text, at + 1));
        }
        if (cues.size() + untimed.size() > MOST_CUES) {
            throw SrtFile.tooLarge("more than %d cues; the next one is in line %d".formatted(MOST_CUES, at + 1));
        }
    }

    /**
     * A number right above the times is their index. One that blank lines divide from them is so only if it counts on; it
     * may be what somebody says.
     */
    private List<String> withoutIndex(List<String> between, boolean atEnd) {
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
        index = number;
        return between.subList(0, last);
    }

    /** Each of them costs time in every frame. */
    private void refuseCrowds() {
        Queue<Long> ends = new PriorityQueue<>();
        for (Cue cue : cues) {
            while (!ends.isEmpty() && ends.peek() <= cue.start()) {
                ends.poll();
            }
            ends.add(cue.end());
            if (ends.size() > MOST_AT_ONCE) {
                throw SrtFile.tooLarge("more than %d cues stand in the picture at once; one of them is in line %d"
                        .formatted(MOST_AT_ONCE, cue.line()));
            }
        }
    }

    private static String printable(String line) {
        StringBuilder printable = new StringBuilder();
        line.codePoints()
                .map(letter -> letter == '\t' ? ' ' : letter)
                .filter(letter -> !Character.isISOControl(letter))
                .forEach(printable::appendCodePoint);
        return printable.toString().strip();
    }

    private StepException withoutCues() {
        int at = untimed.isEmpty() ? expectedTiming() : untimed.get(0) - 1;
        String quote = printable(lines.get(at));
        boolean isTiming = Timing.of(lines.get(at)).isPresent();
        return StepException.permanent(
                "SRT_WITHOUT_CUES",
                "SRT file holds no cue that can be shown: line %d %s, but is \"%s\""
                        .formatted(
                                at + 1,
                                isTiming
                                        ? "should be followed by text, and end after it begins"
                                        : "should be a timing such as 00:00:01,000 --> 00:00:02,500",
                                quote.length() > LONGEST_QUOTE ? quote.substring(0, LONGEST_QUOTE) + "..." : quote),
                "Check that it is an SRT file, and export it again.");
    }

    /** The first line of times; without one, the line below the first index; without that, the first line. */
    private int expectedTiming() {
        for (int at = 0; at < lines.size(); at++) {
            if (isTiming(lines.get(at))) {
                return at;
            }
        }
        int first = nextText(0);
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
