package dev.caravan;

import dev.caravan.ingest.UnannouncedUploads;
import dev.caravan.job.Recovery;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role that makes up for what got lost: jobs of dead workers, rings, events. One thread; a round that fails is followed by the next. */
final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Recovery recovery;
    private final UnannouncedUploads uploads;
    private long nextComparison = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "reconciler");
        thread.setDaemon(true);
        return thread;
    });

    Reconciler(Recovery recovery, UnannouncedUploads uploads) {
        this.recovery = recovery;
        this.uploads = uploads;
    }

    /** @param comparison how long after a whole comparison of bucket and records the next one is due */
    void start(Duration interval, Duration comparison) {
        timer.scheduleWithFixedDelay(() -> round(comparison), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round(Duration comparison) {
        try {
            recovery.run();
            if (System.nanoTime() - nextComparison >= 0 && uploads.start()) {
                nextComparison = System.nanoTime() + comparison.toNanos();
            }
        } catch (RuntimeException e) {
            if (!timer.isShutdown()) {
                LOG.warn("the reconciler could not finish its round: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
