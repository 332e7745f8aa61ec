package dev.caravan.subtitle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The lines of a file that its charset does not explain.
 *
 * @param damaged lines with bytes or units that have no meaning; U+FFFD replaces these
 * @param foreign lines in another charset
 * @param as charset of the foreign lines; null without such lines
 */
record UndecodableLines(TreeSet<Integer> damaged, TreeSet<Integer> foreign, FileCharset as) {
    static final UndecodableLines NONE = new UndecodableLines(new TreeSet<>(), new TreeSet<>(), null);

    private static final char REPLACEMENT = '\uFFFD';

    /** Finds the damaged lines of a text that was decoded with replacement characters. */
    static UndecodableLines damagedIn(Iterable<String> lines) {
        TreeSet<Integer> damaged = new TreeSet<>();
        int number = 0;
        for (String line : lines) {
            number++;
            if (line.indexOf(REPLACEMENT) >= 0) {
                damaged.add(number);
            }
        }
        return new UndecodableLines(damaged, new TreeSet<>(), null);
    }

    /** @param charset charset of the other lines */
    Map<String, String> warnings(String charset) {
        Map<String, String> warnings = new LinkedHashMap<>();
        if (!damaged.isEmpty()) {
            warnings.put(
                    "SUBTITLE_BYTES_INVALID",
                    "The subtitles hold bytes that are no %s: %s. \uFFFD is shown in their place"
                            .formatted(charset, Remarks.listed(damaged)));
        }
        if (!foreign.isEmpty()) {
            warnings.put(
                    "SUBTITLE_CHARSETS_MIXED",
                    "The subtitles are %s, but some lines are not: %s. They were read as %s (%d %% sure)"
                            .formatted(charset, Remarks.listed(foreign), as.charset(), as.percent()));
        }
        return warnings;
    }
}
