package dev.caravan.api;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.json.Timestamps;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Reads times in a query, ISO 8601: a day, or a time of a day with or without an offset. Without one it is UTC. */
final class QueryTime {
    private static final int DAY = "2026-01-14".length();

    private QueryTime() {}

    /**
     * Returns the time as records have it; for a day, its first millisecond.
     *
     * @throws ProblemException {@code INVALID_TIME}
     */
    static String first(String text) {
        return text(text, Duration.ZERO);
    }

    /**
     * Returns the time as records have it; for a day, its last millisecond.
     *
     * @throws ProblemException {@code INVALID_TIME}
     */
    static String last(String text) {
        return text(text, Duration.ofDays(1).minusMillis(1));
    }

    private static String text(String text, Duration intoDay) {
        try {
            if (text.length() == DAY) {
                Instant start = LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
                return Timestamps.of(start.plus(intoDay));
            }
            Object parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Timestamps.of(
                    parsed instanceof OffsetDateTime time
                            ? time.toInstant()
                            : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_TIME,
                    text + " is not a time",
                    "Use ISO 8601, as 2026-01-14 or 2026-01-14T10:00:00Z; in a query + is written %2B.");
        }
    }
}
