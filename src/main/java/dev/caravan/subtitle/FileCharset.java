package dev.caravan.subtitle;

import java.util.Map;

/**
 * The charset of a file.
 *
 * @param charset Java's name
 * @param guessed true when nothing in the file says that it is that one
 * @param confidence of the guess, 0 to 1; 1 where there was nothing to guess
 * @param odd the lines that are not, or not wholly, in that charset
 */
record FileCharset(String charset, boolean guessed, double confidence, UndecodableLines odd) {
    private static final int PERCENT = 100;

    FileCharset(String charset, boolean guessed, double confidence) {
        this(charset, guessed, confidence, UndecodableLines.NONE);
    }

    FileCharset with(UndecodableLines lines) {
        return new FileCharset(charset, guessed, confidence, lines);
    }

    /** By code: a guess, and the lines that are damaged or in another charset. */
    Map<String, String> warnings() {
        Map<String, String> warnings = odd.warnings(charset);
        if (guessed) {
            warnings.put(
                    "SUBTITLE_CHARSET_GUESSED",
                    "The subtitles are not UTF-8; they were read as %s, which is a guess by their letters (%d %% sure)"
                            .formatted(charset, percent()));
        }
        return warnings;
    }

    long percent() {
        return Math.round(PERCENT * confidence);
    }
}
