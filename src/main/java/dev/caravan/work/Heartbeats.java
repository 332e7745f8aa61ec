package dev.caravan.work;

import dev.caravan.failure.StepException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the leases of all running jobs, and ends a run whose job went into other hands. */
public final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final Worker worker;
    private final Journal journal;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    public Heartbeats(Worker worker, Journal journal) {
        this.worker = worker;
        this.journal = journal;
    }

    /** @param interval a sixth of the lease, so that a few lost beats do not cost the job */
    public void start(Duration interval) {
        timer.scheduleWithFixedDelay(this::beat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        worker.running().forEach(this::beat);
    }

    void beat(RunningJob run) {
        if (run.aborted() || run.pastTimeLimit()) {
            return;
        }
        try {
            journal.beat(run);
        } catch (StepException fenced) {
            LOG.warn("ending job {}: {}", run.jobId(), fenced.failure().message());
            run.abort(RunningJob.AbortReason.FENCED);
        } catch (RuntimeException e) {
            LOG.warn("heartbeat of job {} not written: {}", run.jobId(), e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
