package dev.caravan.ops;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The response of {@code GET /api/health}. The fields that existing clients read are at the top, in one word each, the rest
 * is in {@code checks}.
 */
@JsonPropertyOrder({"status", "service", "version"})
record HealthReport(HealthStatus status, String service, String version, Map<String, Finding> checks) {
    private static final List<String> AT_THE_TOP = List.of("s3", "dynamodb", "queue", "redis", "ffmpeg");

    static HealthReport of(String version, Map<String, Finding> findings) {
        HealthStatus worst =
                findings.values().stream().map(Finding::worst).reduce(HealthStatus.HEALTHY, HealthStatus::worse);
        return new HealthReport(worst, "caravan", version, findings);
    }

    @JsonAnyGetter
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        AT_THE_TOP.stream()
                .filter(checks::containsKey)
                .forEach(name -> words.put(name, checks.get(name).status()));
        return words;
    }

    @JsonIgnore
    boolean well() {
        return status != HealthStatus.UNHEALTHY;
    }

    /** Tells whether the stores that every request needs answer. */
    @JsonIgnore
    boolean storesConnected() {
        return checks.values().stream()
                .noneMatch(finding ->
                        finding.status().equals(StoreCheck.DISCONNECTED) && finding.worst() == HealthStatus.UNHEALTHY);
    }
}
