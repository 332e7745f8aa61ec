package dev.caravan.recovery;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role that makes up for what got lost. Of all processes that have it one is active, the others watch. One thread; a
 * round that fails is followed by the next.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final int SECONDS_TO_STOP = 5;

    private final String self;
    private final RoleLease lease;
    private final Rounds rounds;
    private final RecoveryMeters meters;
    private Object asked;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "reconciler");
        thread.setDaemon(true);
        return thread;
    });

    Reconciler(String self, RoleLease lease, Rounds rounds, RecoveryMeters meters) {
        this.self = self;
        this.lease = lease;
        this.rounds = rounds;
        this.meters = meters;
    }

    public void start(Duration interval) {
        timer.scheduleWithFixedDelay(this::round, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    void round() {
        try {
            boolean before = lease.held();
            boolean active = lease.hold(before ? rounds.told() : null);
            meters.active(active);
            if (!active) {
                rounds.standBy();
                return;
            }
            if (!before) {
                rounds.begin(lease.record());
                asked = lease.record().get("asked_at");
            }
            hearWhoAsked();
            rounds.run(self, lease::stillHeld);
        } catch (RuntimeException e) {
            if (!timer.isShutdown()) {
                LOG.warn("the reconciler could not finish its round: {}", e.getMessage());
            }
        }
    }

    private void hearWhoAsked() {
        Object now = lease.record().get("asked_at");
        if (now != null && !now.equals(asked)) {
            asked = now;
            rounds.everythingIsDue();
        }
    }

    /** Ends what it is at, and lets the next one go on at once. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                LOG.warn("the reconciler does not end; the next one takes over when its lease is over");
                return;
            }
            lease.release(rounds.told());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("the reconciler's lease could not be given back: {}", e.getMessage());
        }
        meters.active(false);
    }
}
