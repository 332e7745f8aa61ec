package dev.caravan.api;

import dev.caravan.job.NameKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A cursor of a list by file name. As with {@link Position}, nothing but a place is in it. */
final class NameCursor {
    private static final String KIND = "2 ";
    /** As much as a sort key may have. */
    private static final int MAX = 1024;

    private NameCursor() {}

    static String of(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((KIND + key).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param first what the keys of the list begin with
     * @throws dev.caravan.http.ProblemException {@code INVALID_CURSOR}, one of another list too
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
