package dev.caravan.control;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Continues redrives every second. */
public final class RedriveTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedriveTimer.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Redrives redrives;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "redrives");
        thread.setDaemon(true);
        return thread;
    });

    public RedriveTimer(Redrives redrives) {
        this.redrives = redrives;
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::round, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            redrives.work();
        } catch (RuntimeException e) {
            if (!timer.isShutdown()) {
                LOG.warn("redrives wait for the next round: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
