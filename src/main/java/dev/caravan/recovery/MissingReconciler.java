package dev.caravan.recovery;

import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Detects that no reconciler runs. It compares clock times, which is good enough for a hint. */
final class MissingReconciler implements StuckDetector {
    private static final int LEASES = 3;
    private static final String ADVICE =
            "Start a process with the role reconciler (CARAVAN_ROLES); jobs of dead workers wait for it.";

    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final Duration lease;

    MissingReconciler(Records records, Tables tables, Clock clock, Duration lease) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.lease = lease;
    }

    @Override
    public List<StuckItem> look(Instant before) {
        Map<String, Object> record = RoleLease.read(records, tables);
        Object beat = record.get("beat_at");
        Instant silent = clock.instant().minus(lease.multipliedBy(LEASES));
        if (beat != null && Instant.parse(String.valueOf(beat)).isAfter(silent)) {
            return List.of();
        }
        return List.of(new StuckItem(
                "NO_RECONCILER",
                null,
                null,
                null,
                beat == null ? null : String.valueOf(beat),
                beat == null ? "No reconciler has ever run" : "The last reconciler shows no sign of life",
                ADVICE));
    }
}
