package dev.caravan.subtitle;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of an SRT file that says when: {@code 00:00:01,000 --> 00:00:02,500}, in all the ways in which it is written.
 * Hours may lack, digits too, and what stands behind the times (coordinates, settings of WebVTT) means nothing.
 *
 * @param start milliseconds
 * @param end milliseconds
 */
record Timing(long start, long end) {
    private static final int LONGEST = 200;
    private static final String CLOCK =
            "(?:(\\d{1,3})\\s?:\\s?)?(\\d{1,2})\\s?:\\s?(\\d{1,2})(?:\\s?[,.:]\\s?(\\d{1,3}))?";
    private static final Pattern LINE =
            Pattern.compile("\\s*+" + CLOCK + "\\s*+-{1,3}+\\s?>\\s*+" + CLOCK + "(?:\\s.*+)?");
    private static final Pattern ATTEMPT = Pattern.compile("\\s*+\\d.*+");

    /** The times, if the line is one of times. */
    static Optional<Timing> of(String line) {
        if (line.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher clocks = LINE.matcher(line);
        return clocks.matches() ? Optional.of(new Timing(millis(clocks, 1), millis(clocks, 5))) : Optional.empty();
    }

    /** True for a line that was meant to be one of times, whether it can be read or not. */
    static boolean isMeant(String line) {
        return line.length() <= LONGEST
                && line.contains("-->")
                && ATTEMPT.matcher(line).matches();
    }

    boolean lasts() {
        return end > start;
    }

    /** As it stands in a well-written file. */
    String text() {
        return clock(start) + " --> " + clock(end);
    }

    private static String clock(long millis) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d,%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }

    private static long millis(Matcher clocks, int first) {
        long minutes = number(clocks.group(first)) * 60 + number(clocks.group(first + 1));
        return (minutes * 60 + number(clocks.group(first + 2))) * 1000 + number(clocks.group(first + 3));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
