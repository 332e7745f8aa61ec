package dev.caravan.ops;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

/**
 * The result of a check.
 *
 * @param status the result in one word, for people and scripts: {@code connected}, {@code missing}
 * @param worst the status of the whole if only this counted
 * @param latencyMs the duration of the check, null before it is known
 * @param message what is wrong; null where nothing is wrong
 * @param advice what to do about it; null where nothing is wrong
 * @param details the check's own fields
 */
@JsonPropertyOrder({"status", "latency_ms", "message", "advice"})
record Finding(
        String status,
        @JsonIgnore HealthStatus worst,
        Long latencyMs,
        String message,
        String advice,
        @JsonAnyGetter Map<String, ?> details) {

    static Finding good(String status, Map<String, ?> details) {
        return new Finding(status, HealthStatus.HEALTHY, null, null, null, details);
    }

    static Finding bad(HealthStatus worst, String status, String message, String advice) {
        return new Finding(status, worst, null, message, advice, Map.of());
    }

    /** Creates a finding that is no fault, but that an operator should know. */
    static Finding remark(String status, String message, String advice) {
        return new Finding(status, HealthStatus.HEALTHY, null, message, advice, Map.of());
    }

    Finding after(long millis) {
        return new Finding(status, worst, millis, message, advice, details);
    }
}
