package dev.caravan.recovery;

import dev.caravan.json.Json;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A maintenance task that has failed several times in a row. Without this report nobody would notice, because no one misses
 * what the task would have found. It is part of the lease's record, so every process can read it.
 */
record FailingTask(String name, long failures, String since, String why) {
    static final String FAILURES = "failures";
    static final String SINCE = "failing_since";
    static final String WHY = "failing_with";

    /** Failures in a row that count as trouble; a single one may be a short outage, and the next try is a minute later. */
    private static final int TROUBLE = 3;

    private static final int MAX = 500;
    private static final String ADVICE =
            "Mend the cause; the duty is tried again every minute. Until then nothing makes up for what it looks for.";

    /** Updates a maintenance task's entry with the result of its last run. */
    static void note(Map<String, Object> line, TaskReport report, String now) {
        String why = report.broken();
        if (why == null) {
            line.keySet().removeAll(List.of(FAILURES, SINCE, WHY));
            return;
        }
        line.merge(FAILURES, 1L, (before, one) -> ((Number) before).longValue() + 1);
        line.putIfAbsent(SINCE, now);
        line.put(WHY, why.substring(0, Math.min(MAX, why.length())));
    }

    static List<FailingTask> in(Map<String, Object> lease) {
        List<FailingTask> failing = new ArrayList<>();
        if (lease.get("duties") instanceof Map<?, ?> duties) {
            duties.forEach(
                    (name, told) -> of(String.valueOf(name), Json.toMap(told)).ifPresent(failing::add));
        }
        return failing;
    }

    private static Optional<FailingTask> of(String name, Map<String, Object> line) {
        return line.get(FAILURES) instanceof Number failures && failures.longValue() >= TROUBLE
                ? Optional.of(new FailingTask(
                        name, failures.longValue(), String.valueOf(line.get(SINCE)), String.valueOf(line.get(WHY))))
                : Optional.empty();
    }

    /** Describes all failing maintenance tasks; empty where all is well. */
    static Optional<String> said(Records records, Tables tables) {
        List<FailingTask> failing = in(RoleLease.read(records, tables));
        return failing.isEmpty()
                ? Optional.empty()
                : Optional.of(failing.stream().map(FailingTask::sentence).collect(Collectors.joining("; ")));
    }

    static StuckDetector lookout(Records records, Tables tables) {
        return (Instant before) -> in(RoleLease.read(records, tables)).stream()
                .map(FailingTask::stuck)
                .toList();
    }

    private String sentence() {
        return "the duty %s has failed %d times in a row: %s".formatted(name, failures, why);
    }

    private StuckItem stuck() {
        return new StuckItem("DUTY_FAILS", null, null, null, since, sentence(), ADVICE);
    }
}
