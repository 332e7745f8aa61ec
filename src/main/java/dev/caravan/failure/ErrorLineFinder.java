package dev.caravan.failure;

import java.util.List;
import java.util.regex.Pattern;

/** Finds the line of a child's standard error that names the error, among those that only report that there is one. */
public final class ErrorLineFinder {
    private static final int MAX = 200;
    private static final Pattern SAYS_NOTHING = Pattern.compile(
            "\\(\\d+ more of this\\)|Conversion failed!|Error reinitializing filters!"
                    + "|Failed to inject frame into filter network: .*|Error while processing the decoded data for stream .*"
                    + "|Error splitting the argument list: .*|Failed to configure \\w+ pad on .*|\\[error]|unix error: .*"
                    + "|.*frames left in the queue on closing|Error initializing output stream \\S+ -- .*"
                    + "|Nothing was written into output file.*|To ignore this, add a trailing .*"
                    + "|Error submitting \\w+ frame to the encoder|Could not write header for output file .*|Error opening .*");
    private static final Pattern SPEAKER = Pattern.compile("^(\\[[^]]*] )*");

    private ErrorLineFinder() {}

    /** Returns the last line that names an error, or the last one; empty where there is none. */
    public static String in(String stderrTail) {
        List<String> lines = stderrTail == null
                ? List.of()
                : stderrTail.lines().filter(line -> !line.isBlank()).toList();
        String line = lines.stream()
                .filter(ErrorLineFinder::tells)
                .reduce((earlier, later) -> later)
                .orElse(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
        return line.length() > MAX ? line.substring(0, MAX) + "..." : line;
    }

    private static boolean tells(String line) {
        return !SAYS_NOTHING.matcher(SPEAKER.matcher(line).replaceFirst("")).matches();
    }
}
