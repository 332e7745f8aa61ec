package dev.caravan.recovery;

import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reports what is stuck, which reconciler is active, and what recovery did lately. */
final class RecoveryStatus {
    private static final int RUNS = 10;

    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final List<StuckDetector> lookouts;
    private final RunLog book;
    private final List<MaintenanceTask> duties;
    private final Duration patience;

    /** @param patience how long something may not move before it is called stuck */
    RecoveryStatus(
            Records records,
            Tables tables,
            Clock clock,
            List<StuckDetector> lookouts,
            RunLog book,
            List<MaintenanceTask> duties,
            Duration patience) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.lookouts = List.copyOf(lookouts);
        this.book = book;
        this.duties = List.copyOf(duties);
        this.patience = patience;
    }

    List<StuckItem> stuck() {
        Instant before = clock.instant().minus(patience);
        List<StuckItem> all = new ArrayList<>();
        lookouts.forEach(lookout -> all.addAll(lookout.look(before)));
        return all;
    }

    Map<String, Object> view() {
        Map<String, Object> lease = RoleLease.read(records, tables);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("stuck", stuck().stream().map(StuckItem::view).toList());
        view.put("reconciler", reconciler(lease));
        view.put("duties", duties.stream().map(duty -> line(duty, lease)).toList());
        view.put("runs", book.newest(RUNS));
        return view;
    }

    private static Map<String, Object> reconciler(Map<String, Object> lease) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("holder", lease.get("holder"));
        shown.put("active_since", lease.get("holder") == null ? null : lease.get("taken_at"));
        shown.put("beat_at", lease.get("beat_at"));
        shown.put("rounds", Objects.requireNonNullElse(lease.get("rounds"), 0L));
        shown.values().removeIf(Objects::isNull);
        return shown;
    }

    private static Map<String, Object> line(MaintenanceTask duty, Map<String, Object> lease) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", duty.name());
        line.put("interval_seconds", duty.interval().toSeconds());
        boolean known = lease.get("duties") instanceof Map<?, ?> all && all.get(duty.name()) instanceof Map<?, ?>;
        Map<?, ?> told = known ? (Map<?, ?>) ((Map<?, ?>) lease.get("duties")).get(duty.name()) : Map.of();
        for (String field : List.of(
                "ran_at",
                "runs",
                "found",
                "done",
                "failed",
                FailingTask.FAILURES,
                FailingTask.SINCE,
                FailingTask.WHY)) {
            if (told.get(field) != null) {
                line.put(field, told.get(field));
            }
        }
        line.put("under_way", told.get("cursor") != null);
        return line;
    }
}
