package dev.caravan.job;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the keys of a job in the index by file name: {@code name_start} and {@code name_key}. Names are compared in lower
 * case and NFC; jobs on files of the same name are together, the newest first.
 */
public final class NameKey {
    /** Code points of a name that make its partition; a search must give at least as many. */
    public static final int START = 2;

    /** Sorts after every character that a name has. */
    public static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    /**
     * Code points of a name in the key, since a sort key has at most 1024 bytes; the index treats names with equal
     * beginnings of this length as one.
     */
    static final int MAX = 230;

    private static final long END_OF_TIME = 9_999_999_999_999L;
    /** No file name has it, and every letter sorts after it: so a name sorts before the longer names that begin with it. */
    private static final char AFTER_NAME = '\u0001';

    private NameKey() {}

    /** The attributes of the record; none without a file name. */
    public static Map<String, String> attributes(String filename, Instant createdAt, String jobId) {
        if (filename == null || filename.isEmpty()) {
            return Map.of();
        }
        String key = exactly(filename) + "%013d".formatted(END_OF_TIME - createdAt.toEpochMilli()) + AFTER_NAME + jobId;
        return Map.of(JobFields.NAME_START, start(filename), JobFields.NAME_KEY, key);
    }

    /** The partition of all names that begin like this one. */
    public static String start(String name) {
        return first(folded(name), START);
    }

    /** The beginning of the keys of all names that begin with {@code prefix}. */
    public static String beginning(String prefix) {
        return first(folded(prefix), MAX);
    }

    /** The beginning of the keys of exactly this name. */
    public static String exactly(String name) {
        return beginning(name) + AFTER_NAME;
    }

    private static String folded(String name) {
        String lower = Normalizer.normalize(name, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replace(LAST, "");
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }

    private static String first(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints));
    }
}
