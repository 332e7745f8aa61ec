package dev.caravan.recovery;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A maintenance task of the reconciler. Its failure affects no other task, and it works in bounded pieces: where much is
 * left, its report names the place to continue from, and it is called again in the next round.
 */
public interface MaintenanceTask {
    /** The name in records, metrics and answers: {@code take-back}. */
    String name();

    /** The time from a whole run to the next one. */
    Duration interval();

    /** Runs one bounded piece. Every write is conditional, since two processes may run it at the same time. */
    TaskReport run(TaskRun errand);

    /** Whether a request for recovery waits for the task; other tasks become due for the active reconciler. */
    default boolean atOnce() {
        return false;
    }

    /** Called while another reconciler is active: it may read, and must not write. */
    default void standBy() {}

    /**
     * Makes a maintenance task for another package.
     *
     * @param work fills the report; not called in a dry run
     */
    static MaintenanceTask of(String name, Duration interval, Consumer<TaskReport> work) {
        return new MaintenanceTask() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration interval() {
                return interval;
            }

            @Override
            public TaskReport run(TaskRun errand) {
                TaskReport report = new TaskReport();
                if (!errand.dryRun()) {
                    work.accept(report);
                }
                return report;
            }
        };
    }
}
