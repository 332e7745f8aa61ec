package dev.caravan.failure;

import java.util.List;
import java.util.regex.Pattern;

/** Compares two failures by all but what differs from run to run: addresses of memory, times of day, paths and the order of lines. */
public final class RepeatedFailure {
    private static final Pattern CHANGES =
            Pattern.compile("0x[0-9a-fA-F]+|\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?|[^\\s'\"]*/[^\\s'\":]+"
                    + "|[\\w-]+\\.\\d+(-[\\w-]+)?\\.\\w+");
    private static final Pattern COUNTED = Pattern.compile("\\(\\d+ more of this\\)");

    private RepeatedFailure() {}

    /** True where {@code later} says the same as {@code earlier}, which may be null. */
    public static boolean of(Failure earlier, Failure later) {
        return earlier != null
                && earlier.kind() == later.kind()
                && earlier.code().equals(later.code())
                && plain(earlier.message()).equals(plain(later.message()))
                && lines(earlier.stderrTail()).equals(lines(later.stderrTail()));
    }

    /** Threads of a decoder complain in any order. */
    private static List<String> lines(String text) {
        return plain(text)
                .lines()
                .filter(line -> !COUNTED.matcher(line).matches())
                .distinct()
                .sorted()
                .toList();
    }

    private static String plain(String text) {
        return text == null ? "" : CHANGES.matcher(text).replaceAll("");
    }
}
