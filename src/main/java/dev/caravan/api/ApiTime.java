package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reads times as callers write them: ISO 8601 with an offset. */
final class ApiTime {
    private static final Duration FARTHEST = Duration.ofDays(366);
    /** Allowed difference between the clocks of the caller and of Caravan. */
    private static final Duration LATENESS = Duration.ofMinutes(1);

    private ApiTime() {}

    /**
     * Returns the time at which a job shall start.
     *
     * @return null if the body names none
     * @throws ProblemException {@code INVALID_RUN_AT}
     */
    static Instant runAt(JsonNode body, Clock clock) {
        if (!body.hasNonNull("run_at")) {
            return null;
        }
        Instant now = clock.instant();
        return parse(body.get("run_at").asText())
                .filter(time -> time.isAfter(now.minus(LATENESS)) && time.isBefore(now.plus(FARTHEST)))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_RUN_AT,
                        "run_at is %s, which is no time within the next year"
                                .formatted(body.get("run_at").asText()),
                        "Use ISO 8601 with an offset, as %s, or leave it away for at once."
                                .formatted(now.plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS))));
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
