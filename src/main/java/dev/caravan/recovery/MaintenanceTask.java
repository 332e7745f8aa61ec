package dev.caravan.recovery;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * One thing that the reconciler sees to. A duty fails alone, and works in bounded pieces: where much is left, its report
 * names the place to go on from, and it is called again in the next round.
 */
public interface MaintenanceTask {
    /** As it stands in records, metrics and answers: {@code take-back}. */
    String name();

    /** How long after a whole run the next one is due. */
    Duration interval();

    /** One bounded piece. Every write is conditional, since two may be at it. */
    TaskReport run(TaskRun errand);

    /** Whether somebody who asks for recovery waits for it; others are made due for the active reconciler. */
    default boolean atOnce() {
        return false;
    }

    /** What a reconciler does while another one is active: it may look, and must not write. */
    default void standBy() {}

    /**
     * A duty of another room.
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
