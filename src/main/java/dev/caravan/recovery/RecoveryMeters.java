package dev.caravan.recovery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts the results of recovery as metrics. */
final class RecoveryMeters {
    private final MeterRegistry meters;
    private final AtomicBoolean active = new AtomicBoolean();

    RecoveryMeters(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("caravan.recovery.active", active, held -> held.get() ? 1 : 0)
                .description("1 where this process is the active reconciler")
                .register(meters);
    }

    /** Shows the maintenance task from now on, though nothing was counted yet. */
    void show(String duty) {
        count(duty, new TaskReport());
        timer(duty);
    }

    void active(boolean now) {
        active.set(now);
    }

    void ran(String duty, TaskReport report, Duration took) {
        count(duty, report);
        timer(duty).record(took);
    }

    private void count(String duty, TaskReport report) {
        counter("caravan.recovery.found", "Things that a duty of recovery found to be seen to", duty)
                .increment(report.found());
        counter("caravan.recovery.done", "Things that a duty of recovery saw to", duty)
                .increment(report.doneCount());
        counter("caravan.recovery.errors", "Things that a duty of recovery could not see to", duty)
                .increment(report.failed());
    }

    private Counter counter(String name, String says, String duty) {
        return Counter.builder(name).description(says).tag("duty", duty).register(meters);
    }

    private Timer timer(String duty) {
        return Timer.builder("caravan.recovery.duration")
                .description("Runs of a duty of recovery")
                .tag("duty", duty)
                .register(meters);
    }
}
