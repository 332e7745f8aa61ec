package dev.caravan.control;

import dev.caravan.job.Priority;
import dev.caravan.job.ResumePlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A client's request for a retry or a change of a job.
 *
 * @param from {@link ResumePlan#FAILED}, {@link ResumePlan#START} or the id of a step; null where the client gave none
 * @param parameters merged into those of the job, where null removes one (RFC 7396); null to leave them
 * @param priority null to leave it
 * @param runAt not before; null for immediately
 */
public record RetryRequest(String from, Map<String, Object> parameters, Priority priority, Instant runAt) {
    /** From the failed step, immediately, otherwise unchanged. */
    public static final RetryRequest PLAIN = new RetryRequest(null, null, null, null);

    String fromStep() {
        return from == null ? ResumePlan.FAILED : from;
    }

    Map<String, Object> over(Map<String, Object> now) {
        Map<String, Object> result = new LinkedHashMap<>(now == null ? Map.of() : now);
        (parameters == null ? Map.<String, Object>of() : parameters).forEach((name, value) -> {
            if (value == null) {
                result.remove(name);
            } else {
                result.put(name, value);
            }
        });
        return result;
    }

    public RetryRequest at(Instant time) {
        return new RetryRequest(from, parameters, priority, time);
    }
}
