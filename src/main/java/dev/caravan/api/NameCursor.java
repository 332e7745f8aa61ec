package dev.caravan.api;

import dev.caravan.job.NameKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A cursor of a list by file name. Like a {@link Position}, it holds nothing but a place. */
final class NameCursor {
    private static final String KIND = "2 ";
    /** The largest size of a sort key, in bytes. */
    private static final int MAX = 1024;

    private NameCursor() {}

    static String of(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((KIND + key).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param first the beginning of the list's keys
     * @throws dev.caravan.http.ProblemException {@code INVALID_CURSOR}, also for a cursor of another list
     */
    static String key(String cursor, String first) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.startsWith(KIND + first) && !text.contains(NameKey.LAST) && bytes.length <= MAX) {
                return text.substring(KIND.length());
            }
        } catch (IllegalArgumentException e) {
            throw Position.invalid();
        }
        throw Position.invalid();
    }
}
