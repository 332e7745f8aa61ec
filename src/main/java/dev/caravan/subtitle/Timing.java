package dev.caravan.subtitle;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of a subtitle file that gives the times: {@code 00:00:01,000 --> 00:00:02,500}, in all the ways in which
 * people write it. Hours or digits may be missing, and the arrow may be malformed.
 *
 * @param start milliseconds; negative if it is written so
 * @param end milliseconds
 * @param rest text after the times: coordinates, settings of WebVTT
 * @param odd deviations from SRT
 */
record Timing(long start, long end, String rest, Set<Remark> odd) {
    private static final int MAX = 200;
    private static final String CLOCK = "([-\u2212]\\s?)?(?:(\\d{1,3})\\s?:\\s?)?(\\d{1,3})\\s?:\\s?(\\d{1,3})"
            + "(?:\\s?([,.:;])\\s?(\\d{1,12}))?";
    private static final int FRACTION = 3;
    private static final int SIXTY = 60;
    private static final int GROUPS = 6;
    private static final String ARROW =
            "\\s*(-{1,3}+\\s?>|[\u2013\u2014]{1,2}+\\s?>|[\u2192\u21D2]|=++>|--&gt;|-{1,2}\\s|\\s)\\s*+";
    private static final Pattern LINE = Pattern.compile("\\s*+" + CLOCK + ARROW + CLOCK + "(?:\\s(.*+))?");
    private static final Pattern ATTEMPT = Pattern.compile("\\s*+\\d.*+|[^:]{0,20}+:\\s?\\d.*+");

    /** Returns the times if the line has them. */
    static Optional<Timing> of(String line) {
        if (line.length() > MAX) {
            return Optional.empty();
        }
        Matcher clocks = LINE.matcher(line);
        return clocks.matches() && (hasArrow(clocks) || isFull(clocks, 1) && isFull(clocks, GROUPS + 2))
                ? Optional.of(read(clocks))
                : Optional.empty();
    }

    private static Timing read(Matcher clocks) {
        Set<Remark> odd = EnumSet.noneOf(Remark.class);
        note(clocks, 1, odd);
        note(clocks, GROUPS + 2, odd);
        if (!clocks.group(GROUPS + 1).matches("-{1,3}>")) {
            odd.add(Remark.ARROW);
        }
        String rest = clocks.group(2 * GROUPS + 2);
        return new Timing(millis(clocks, 1), millis(clocks, GROUPS + 2), rest == null ? "" : rest.strip(), odd);
    }

    private static void note(Matcher clocks, int first, Set<Remark> odd) {
        if (clocks.group(first + 1) == null) {
            odd.add(Remark.NO_HOURS);
        }
        if (clocks.group(first + 4) != null && !clocks.group(first + 4).equals(",")) {
            odd.add(Remark.POINT);
        }
        String fraction = clocks.group(first + 5);
        if (fraction != null && fraction.length() != FRACTION) {
            odd.add(Remark.FRACTION);
        }
        if (isUnusual(clocks.group(first + 2)) || isUnusual(clocks.group(first + 3))) {
            odd.add(Remark.ABOVE_SIXTY);
        }
    }

    /** Detects minutes or seconds that no clock shows. */
    private static boolean isUnusual(String digits) {
        return digits.length() > 2 || number(digits) >= SIXTY;
    }

    private static boolean hasArrow(Matcher clocks) {
        return !clocks.group(GROUPS + 1).matches("-{0,2}\\s?");
    }

    /** Detects a full time, which no spoken text contains by chance. */
    private static boolean isFull(Matcher clocks, int first) {
        return clocks.group(first + 1) != null && clocks.group(first + 5) != null;
    }

    /**
     * True if the text after the times is more than coordinates ({@code X1:100}) or settings of WebVTT
     * ({@code align:start}).
     */
    boolean isFollowedByText() {
        return !rest.isBlank() && !rest.matches("(?:[A-Za-z][A-Za-z0-9]*:\\S+\\s*)+");
    }

    /** True if the line was meant to give times, whether it can be read or not. */
    static boolean isMeant(String line) {
        return line.length() <= MAX
                && line.contains("-->")
                && ATTEMPT.matcher(line).matches();
    }

    /** Writes times as in a correct file. */
    static String text(long start, long end, char point) {
        return clock(start, point) + " --> " + clock(end, point);
    }

    private static String clock(long millis, char point) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                point,
                millis % 1000);
    }

    private static long millis(Matcher clocks, int first) {
        long minutes = number(clocks.group(first + 1)) * 60 + number(clocks.group(first + 2));
        long millis = (minutes * 60 + number(clocks.group(first + 3))) * 1000 + fraction(clocks.group(first + 5));
        return clocks.group(first) == null ? millis : -millis;
    }

    /** Returns milliseconds: {@code 5} after the comma is half a second, however many digits there are. */
    private static long fraction(String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "00").substring(0, FRACTION));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
