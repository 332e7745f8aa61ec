package dev.caravan.stats;

import dev.caravan.job.Backlog;
import dev.caravan.job.JobCount;
import java.time.Duration;
import java.time.Instant;

/**
 * The number of jobs by kind, in the terms of Bull's queue statistics. A job counts once: {@code total} is the sum.
 *
 * @param waiting due, and not begun, or begun and given back
 * @param active run on a live worker
 * @param delayed not due yet: a later attempt, or a scheduled run
 * @param oldestWaitingSeconds how long the first due job has waited; 0 where none is due
 */
public record QueueCount(
        long waiting,
        long active,
        long completed,
        long failed,
        long cancelled,
        long delayed,
        long total,
        long oldestWaitingSeconds) {
    public static final QueueCount NONE = new QueueCount(0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * The counts are exact; workers' records are seconds old and the index lags, so they only divide the open jobs into
     * kinds.
     */
    static QueueCount of(JobCount counted, long running, Backlog.Waiting line, Instant now) {
        long open = Math.max(0, counted.open());
        long active = Math.min(running, open);
        long delayed = Math.min(line.delayed(), open - active);
        long waiting = open - active - delayed;
        return new QueueCount(
                waiting,
                active,
                counted.completed(),
                counted.failed(),
                counted.cancelled(),
                delayed,
                open + counted.completed() + counted.failed() + counted.cancelled(),
                waiting == 0 || line.dueSince() == null
                        ? 0
                        : Math.max(0, Duration.between(line.dueSince(), now).toSeconds()));
    }

    public QueueCount and(QueueCount more) {
        return new QueueCount(
                waiting + more.waiting,
                active + more.active,
                completed + more.completed,
                failed + more.failed,
                cancelled + more.cancelled,
                delayed + more.delayed,
                total + more.total,
                Math.max(oldestWaitingSeconds, more.oldestWaitingSeconds));
    }
}
