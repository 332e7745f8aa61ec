package dev.caravan.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recovers when an operator asks for it; the bean {@code recovery} of the API's routes. The process that was asked
 * immediately runs the tasks that jobs wait for, since every write is conditional; the rest becomes due for the active
 * reconciler.
 */
public final class ManualRecovery {
    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final TakeBack takeBack;
    private final TaskScheduler taskScheduler;
    private final RunLog book;
    private final RecoveryStatus recoveryStatus;

    ManualRecovery(
            Records records,
            Tables tables,
            Clock clock,
            TakeBack takeBack,
            TaskScheduler taskScheduler,
            RunLog book,
            RecoveryStatus recoveryStatus) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.takeBack = takeBack;
        this.taskScheduler = taskScheduler;
        this.book = book;
        this.recoveryStatus = recoveryStatus;
    }

    /** Reports what is stuck, since when, why, and what to do. */
    public Map<String, Object> status() {
        return recoveryStatus.view();
    }

    /**
     * Recovers now.
     *
     * @param body with {@code max_age_minutes}, to take back jobs that show no sign of life for longer, and {@code dry_run},
     *     to say only what would be done
     */
    public Map<String, Object> recover(JsonNode body) {
        boolean dryRun = body.path("dry_run").asBoolean(false);
        Instant started = clock.instant();
        Map<String, TaskReport> reports = reports(body, dryRun);
        Map<String, Object> duties = new LinkedHashMap<>();
        reports.forEach((name, report) -> duties.put(name, report.view()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dry_run", dryRun);
        if (!dryRun) {
            RoleLease.ask(records, tables, clock);
            answer.put("run", book.write("by hand", started, reports));
        }
        answer.put("duties", duties);
        answer.put("stuck", recoveryStatus.stuck().stream().map(StuckItem::view).toList());
        return answer;
    }

    /** A dry run tries the first piece of every maintenance task. */
    private Map<String, TaskReport> reports(JsonNode body, boolean dryRun) {
        Map<String, TaskReport> reports = new LinkedHashMap<>();
        if (body.hasNonNull("max_age_minutes")) {
            Duration age = Duration.ofMinutes(body.get("max_age_minutes").asInt());
            reports.put(takeBack.name(), takeBack.overdue(age, dryRun));
        }
        taskScheduler.duties().stream()
                .filter(duty -> dryRun || duty.atOnce())
                .filter(duty -> !reports.containsKey(duty.name()))
                .forEach(duty -> reports.put(duty.name(), taskScheduler.run(duty, TaskRun.byHand(dryRun))));
        return reports;
    }
}
