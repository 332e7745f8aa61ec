package dev.caravan.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.caravan.failure.ExceptionText;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of the doctor's checks.
 *
 * @param status the worst of all: {@code healthy}, {@code degraded} or {@code unhealthy}
 */
@JsonPropertyOrder({"status", "checks"})
public record Diagnosis(String status, List<Line> checks) {

    /**
     * The result of one check.
     *
     * @param verdict the status of the whole if only this counted
     * @param found the result in one word: {@code available}, {@code missing}
     * @param message what is wrong; null where nothing is wrong
     * @param advice what to do about it; null where nothing is wrong
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonPropertyOrder({"name", "verdict", "found", "message", "advice", "details"})
    public record Line(
            String name, String verdict, String found, String message, String advice, Map<String, ?> details) {}

    static Diagnosis of(List<Check> checks) {
        List<Map.Entry<String, Finding>> findings = checks.stream()
                .map(check -> Map.entry(check.name(), look(check)))
                .toList();
        HealthStatus worst = findings.stream()
                .map(finding -> finding.getValue().worst())
                .reduce(HealthStatus.HEALTHY, HealthStatus::worse);
        return new Diagnosis(
                worst.word(),
                findings.stream()
                        .map(finding -> line(finding.getKey(), finding.getValue()))
                        .toList());
    }

    /** 0 healthy, 1 degraded, 2 unhealthy. */
    public int exitCode() {
        return HealthStatus.valueOf(status.toUpperCase(Locale.ROOT)).ordinal();
    }

    private static Finding look(Check check) {
        try {
            return check.look();
        } catch (Exception e) {
            return check.outOfReach(ExceptionText.of(e));
        }
    }

    private static Line line(String name, Finding finding) {
        return new Line(
                name, finding.worst().word(), finding.status(), finding.message(), finding.advice(), finding.details());
    }
}
