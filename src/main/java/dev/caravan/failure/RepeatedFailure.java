package dev.caravan.failure;

import java.util.List;
import java.util.regex.Pattern;

/** Compares two failures without what differs from run to run: memory addresses, times of day, paths and line order. */
public final class RepeatedFailure {
    private static final Pattern CHANGES =
            Pattern.compile("0x[0-9a-fA-F]+|\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?|[^\\s'\"]*/[^\\s'\":]+"
                    + "|[\\w-]+\\.\\d+(-[\\w-]+)?\\.\\w+");
    private static final Pattern COUNTED = Pattern.compile("\\(\\d+ more of this\\)");

    private RepeatedFailure() {}

    /** Returns whether {@code later} says the same as {@code earlier}, which may be null. */
    public static boolean of(Failure earlier, Failure later) {
        return earlier != null
                && earlier.kind() == later.kind()
                && earlier.code().equals(later.code())
                && plain(earlier.message()).equals(plain(later.message()))
                && lines(earlier.stderrTail()).equals(lines(later.stderrTail()));
    }

    /** Sorts the lines: the threads of a decoder report errors in any order. */
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
