package dev.caravan.api;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of one entry in a list from newest to oldest. A cursor is the place of the last entry that the caller has seen,
 * so a list continues there even when entries were added or removed since.
 *
 * Its natural order is newest first; of two entries of the same millisecond, the larger id comes first.
 *
 * @param createdAt ISO 8601 with milliseconds, as the records have it
 */
record Position(String createdAt, String id) implements Comparable<Position>, Positioned {
    private static final Comparator<Position> NEWEST_FIRST = Comparator.comparing(Position::createdAt)
            .thenComparing(Position::id)
            .reversed();
    private static final Pattern TEXT =
            Pattern.compile("1 (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z) ([A-Za-z0-9_-]{1,64})");

    @Override
    public Position position() {
        return this;
    }

    @Override
    public int compareTo(Position other) {
        return NEWEST_FIRST.compare(this, other);
    }

    String cursor() {
        String text = "1 " + createdAt + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a cursor. Every well-formed one is valid, since it holds only a place: a forged one shows nothing that a list
     * from the start would not show.
     *
     * @throws ProblemException {@code INVALID_CURSOR}
     */
    static Position of(String cursor) {
        try {
            Matcher matcher = TEXT.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (matcher.matches()) {
                return new Position(matcher.group(1), matcher.group(2));
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw invalid();
    }

    static ProblemException invalid() {
        return new ProblemException(
                ProblemCode.INVALID_CURSOR,
                "The cursor is not one that this API handed out",
                "Pass next_cursor of the page before as it is, or leave the cursor away to start with the newest.");
    }
}
