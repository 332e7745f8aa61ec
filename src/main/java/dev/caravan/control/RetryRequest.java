package dev.caravan.control;

import dev.caravan.job.Priority;
import dev.caravan.job.ResumePlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a job shall go on.
 *
 * @param from {@link ResumePlan#FAILED}, {@link ResumePlan#START} or the id of a step; null where nobody said
 * @param parameters laid over those of the job, where null takes one away (RFC 7396); null to leave them
 * @param priority null to leave it
 * @param runAt not before; null for at once
 */
public record RetryRequest(String from, Map<String, Object> parameters, Priority priority, Instant runAt) {
    /** From the failed step on, at once, otherwise as it was. */
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
