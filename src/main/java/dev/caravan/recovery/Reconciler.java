package dev.caravan.recovery;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role that makes up for what got lost: jobs of dead workers, rings, events. One thread; a round that fails is followed by the next. */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Recovery recovery;
    private final BooleanSupplier comparison;
    private long nextComparison = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "reconciler");
        thread.setDaemon(true);
        return thread;
    });

    /** @param comparison of bucket and records; says whether it was whole, otherwise it is tried again in the next round */
    public Reconciler(Recovery recovery, BooleanSupplier comparison) {
        this.recovery = recovery;
        this.comparison = comparison;
    }

    /** @param comparisonInterval how long after a whole comparison of bucket and records the next one is due */
    public void start(Duration interval, Duration comparisonInterval) {
        timer.scheduleWithFixedDelay(() -> round(comparisonInterval), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round(Duration comparisonInterval) {
        try {
            recovery.run();
            if (System.nanoTime() - nextComparison >= 0 && comparison.getAsBoolean()) {
                nextComparison = System.nanoTime() + comparisonInterval.toNanos();
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
