package dev.caravan.work;

import dev.caravan.failure.StepException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of all running jobs, writes their progress to the records, and ends a run that does not hold its job any
 * more.
 */
public final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    /** Minimum time between two writes that report only progress. */
    private static final Duration BETWEEN_NEWS = Duration.ofSeconds(2);

    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Supplier<List<RunningJob>> running;
    private final Journal journal;
    private final BooleanSupplier wouldBeTold;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param running the jobs that run here
     * @param wouldBeTold whether another process could tell this one that a job was cancelled; if not, each record is read
     *     every second
     */
    public Heartbeats(Supplier<List<RunningJob>> running, Journal journal, BooleanSupplier wouldBeTold) {
        this.running = running;
        this.journal = journal;
        this.wouldBeTold = wouldBeTold;
    }

    /** @param interval a sixth of the lease, so that a few lost heartbeats do not cost the job */
    public void start(Duration interval) {
        long glance = Math.min(GLANCE.toMillis(), interval.toMillis());
        timer.scheduleWithFixedDelay(() -> look(interval), glance, glance, TimeUnit.MILLISECONDS);
    }

    private void look(Duration interval) {
        running.get().forEach(run -> look(run, interval));
    }

    private void look(RunningJob run, Duration interval) {
        Duration since = run.sinceTold();
        if (run.aborted()) {
            return;
        }
        if (since.compareTo(interval) >= 0 || run.hasNews() && since.compareTo(BETWEEN_NEWS) >= 0) {
            beat(run);
        } else if (!wouldBeTold.getAsBoolean()) {
            check(run);
        }
    }

    private void beat(RunningJob run) {
        if (run.pastTimeLimit()) {
            return;
        }
        try {
            journal.beat(run);
            run.told();
        } catch (StepException fenced) {
            if (journal.completed(run)) {
                // The heartbeat was under way when the last step ended.
                return;
            }
            LOG.warn("ending job {}: {}", run.jobId(), fenced.failure().message());
            run.abort(RunningJob.AbortReason.FENCED);
        } catch (RuntimeException e) {
            LOG.warn("heartbeat of job {} not written: {}", run.jobId(), e.getMessage());
        }
    }

    private void check(RunningJob run) {
        try {
            if (!journal.holds(run) && !journal.completed(run)) {
                LOG.warn("ending job {}: it was cancelled, or is in other hands", run.jobId());
                run.abort(RunningJob.AbortReason.FENCED);
            }
        } catch (RuntimeException e) {
            LOG.debug("job {} could not be looked at: {}", run.jobId(), e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
