package dev.caravan.recovery;

import dev.caravan.failure.ExceptionText;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the maintenance tasks of the active reconciler, each when it is due; a failure affects no other task. One thread runs
 * them; another one may call the other methods meanwhile.
 */
final class TaskScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(TaskScheduler.class);
    /** Wait after a failure, or less where the task's own interval is shorter. */
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private static final String CURSOR = "cursor";

    private final List<MaintenanceTask> duties;
    private final RunLog book;
    private final RecoveryMeters meters;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<String, Long> nextAt = new HashMap<>();
    private final Map<String, Map<String, Object>> told = new LinkedHashMap<>();

    TaskScheduler(
            List<MaintenanceTask> duties, RunLog book, RecoveryMeters meters, Clock clock, LongSupplier nanoTime) {
        this.duties = List.copyOf(duties);
        this.book = book;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        duties.forEach(duty -> meters.show(duty.name()));
    }

    /** Makes this process the active one: everything is due, and continues where the reconciler before ended. */
    synchronized void begin(Map<String, Object> record) {
        told.clear();
        if (record.get("duties") instanceof Map<?, ?> before) {
            duties.stream()
                    .map(MaintenanceTask::name)
                    .filter(before::containsKey)
                    .forEach(name -> told.put(name, new LinkedHashMap<>(Json.toMap(before.get(name)))));
        }
        everythingIsDue();
    }

    synchronized void everythingIsDue() {
        nextAt.clear();
    }

    /** The report for the lease's record: when each task ran last, what it did in all, and where it continues. */
    synchronized Map<String, Map<String, Object>> told() {
        Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
        told.forEach((name, line) -> copy.put(name, new LinkedHashMap<>(line)));
        return copy;
    }

    void standBy() {
        for (MaintenanceTask duty : duties) {
            try {
                duty.standBy();
            } catch (RuntimeException e) {
                LOG.warn("standing by, {} could not look: {}", duty.name(), e.getMessage());
            }
        }
    }

    /** @param permitted asked before each task: a process that lost the lease starts no more */
    void run(String self, BooleanSupplier permitted) {
        Instant started = clock.instant();
        Map<String, TaskReport> reports = new LinkedHashMap<>();
        for (MaintenanceTask duty : duties) {
            if (isDue(duty)) {
                if (!permitted.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    break;
                }
                TaskReport report = run(duty, new TaskRun(cursor(duty), false, permitted));
                note(duty, report);
                if (report.worthARecord()) {
                    reports.put(duty.name(), report);
                }
            }
        }
        if (!reports.isEmpty()) {
            book.write(self, started, reports);
        }
    }

    /** A task that throws has a report all the same, and begins again where this piece began. */
    TaskReport run(MaintenanceTask duty, TaskRun taskRun) {
        long start = nanoTime.getAsLong();
        TaskReport report;
        try {
            report = duty.run(taskRun);
        } catch (RuntimeException e) {
            String why = ExceptionText.of(e);
            LOG.warn("the reconciler's duty {} failed: {}", duty.name(), why);
            LOG.debug("the reconciler's duty {} failed", duty.name(), e);
            report = new TaskReport().broken(why).goOnAt(taskRun.cursor());
        }
        meters.ran(duty.name(), report, Duration.ofNanos(nanoTime.getAsLong() - start));
        return report;
    }

    List<MaintenanceTask> duties() {
        return duties;
    }

    private synchronized boolean isDue(MaintenanceTask duty) {
        Long next = nextAt.get(duty.name());
        return next == null || nanoTime.getAsLong() - next >= 0;
    }

    private synchronized String cursor(MaintenanceTask duty) {
        return (String) told.getOrDefault(duty.name(), Map.of()).get(CURSOR);
    }

    private synchronized void note(MaintenanceTask duty, TaskReport report) {
        Duration wait = report.cursor() != null ? Duration.ZERO : duty.interval();
        if (report.failed() > 0) {
            wait = AFTER_FAILURE.compareTo(duty.interval()) < 0 ? AFTER_FAILURE : duty.interval();
        }
        nextAt.put(duty.name(), nanoTime.getAsLong() + wait.toNanos());
        Map<String, Object> line = told.computeIfAbsent(duty.name(), name -> new LinkedHashMap<>());
        line.put("ran_at", Timestamps.now(clock));
        line.put(CURSOR, report.cursor());
        line.values().removeIf(value -> value == null);
        add(line, "runs", 1);
        add(line, "found", report.found());
        add(line, "done", report.doneCount());
        add(line, "failed", report.failed());
        FailingTask.note(line, report, Timestamps.now(clock));
    }

    private static void add(Map<String, Object> line, String name, long more) {
        long before = line.get(name) instanceof Number number ? number.longValue() : 0;
        line.put(name, before + more);
    }
}
