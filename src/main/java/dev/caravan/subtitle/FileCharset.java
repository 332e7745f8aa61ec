package dev.caravan.subtitle;

import java.util.Map;

/**
 * The charset of a file.
 *
 * @param charset Java's name
 * @param guessed true if nothing in the file names the charset
 * @param confidence confidence of the guess, 0 to 1; 1 if nothing was guessed
 * @param odd lines that are not, or not wholly, in that charset
 */
record FileCharset(String charset, boolean guessed, double confidence, UndecodableLines odd) {
    private static final int PERCENT = 100;

    FileCharset(String charset, boolean guessed, double confidence) {
        this(charset, guessed, confidence, UndecodableLines.NONE);
    }

    FileCharset with(UndecodableLines lines) {
        return new FileCharset(charset, guessed, confidence, lines);
    }

    /** Returns warnings by code: a guess, and lines that are damaged or in another charset. */
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
