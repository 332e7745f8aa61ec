package dev.caravan.control;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices changes of pauses and drains by other processes and checks the ready queue again, without a doorbell message. */
public final class PauseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PauseWatch.class);

    private final QueuePauses queuePauses;
    private final Runnable turned;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "switches");
        thread.setDaemon(true);
        return thread;
    });
    private long seen = -1;

    /** @param turned called after each change */
    public PauseWatch(QueuePauses queuePauses, Runnable turned) {
        this.queuePauses = queuePauses;
        this.turned = turned;
    }

    public void start(Duration interval) {
        timer.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            long version = queuePauses.now().version();
            if (seen >= 0 && version != seen) {
                turned.run();
            }
            seen = version;
        } catch (RuntimeException e) {
            LOG.warn("could not look for jobs after a switch was turned: {}; the reconciler will ring", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
