package dev.caravan.control;

import dev.caravan.job.JobFields;
import dev.caravan.json.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Selects dead letters; null matches all.
 *
 * @param since failed then or later, ISO 8601 with milliseconds
 * @param until failed then or earlier
 */
public record DeadLetterFilter(
        String pipeline, String code, String step, String owner, String assetId, String since, String until) {
    public static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null, null, null, null, null);
    private static final String FOREVER = Timestamps.of(Instant.parse("9999-12-31T00:00:00Z"));

    /** The values by which the index can filter, by attribute. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(JobFields.ERROR_CODE, code);
        attributes.put(JobFields.ERROR_STEP, step);
        attributes.put(JobFields.OWNER, owner);
        attributes.put(JobFields.ASSET_ID, assetId);
        attributes.values().removeIf(value -> value == null);
        return attributes;
    }

    /** The same filter without anything later than {@code time}. */
    public DeadLetterFilter notAfter(String time) {
        String earlier = until == null || time.compareTo(until) < 0 ? time : until;
        return new DeadLetterFilter(pipeline, code, step, owner, assetId, since, earlier);
    }

    DeadLetterFilter notBefore(String time) {
        String later = since == null || time.compareTo(since) > 0 ? time : since;
        return new DeadLetterFilter(pipeline, code, step, owner, assetId, later, until);
    }

    String first() {
        return since == null ? "0" : since;
    }

    String last() {
        return until == null ? FOREVER : until;
    }
}
