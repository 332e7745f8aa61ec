package dev.caravan.recovery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the maintenance tasks of the role reconciler. Of all processes with that role one is active; the others watch. A
 * round that fails is followed by the next. Tasks that need only the records - above all, taking back jobs of dead workers -
 * have their own thread: walks through a large, slow or missing bucket do not delay them.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final int SECONDS_TO_STOP = 5;

    private final String self;
    private final RoleLease lease;
    private final TaskScheduler pressing;
    private final TaskScheduler patient;
    private final RecoveryMeters meters;
    private Object asked;
    /** Whether the walks may begin: they continue where those of the reconciler before ended. */
    private volatile boolean begun;

    private final ScheduledExecutorService timer = timer("reconciler");
    private final ScheduledExecutorService walker = timer("reconciler-walks");

    /**
     * @param pressing maintenance tasks that are short and must not wait
     * @param patient maintenance tasks that may take long
     */
    Reconciler(String self, RoleLease lease, TaskScheduler pressing, TaskScheduler patient, RecoveryMeters meters) {
        this.self = self;
        this.lease = lease;
        this.pressing = pressing;
        this.patient = patient;
        this.meters = meters;
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start(Duration interval) {
        timer.scheduleWithFixedDelay(unlessItFails(this::round), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        walker.scheduleWithFixedDelay(unlessItFails(this::walk), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Runnable unlessItFails(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                if (!timer.isShutdown()) {
                    LOG.warn("the reconciler could not finish its round: {}", e.getMessage());
                }
            }
        };
    }

    private void round() {
        boolean before = lease.held();
        boolean active = lease.hold(before ? told() : null);
        meters.active(active);
        if (!active) {
            begun = false;
            pressing.standBy();
            patient.standBy();
            return;
        }
        if (!before) {
            pressing.begin(lease.record());
            patient.begin(lease.record());
            asked = lease.record().get("asked_at");
            begun = true;
        }
        hearWhoAsked();
        pressing.run(self, lease::stillHeld);
    }

    private void walk() {
        if (begun) {
            patient.run(self, lease::stillHeld);
        }
    }

    private Map<String, Object> told() {
        Map<String, Object> all = new LinkedHashMap<>(pressing.told());
        all.putAll(patient.told());
        return all;
    }

    private void hearWhoAsked() {
        Object now = lease.record().get("asked_at");
        if (now != null && !now.equals(asked)) {
            asked = now;
            pressing.everythingIsDue();
            patient.everythingIsDue();
        }
    }

    /** Ends the present round, and lets another reconciler take over immediately. */
    @Override
    public void close() {
        timer.shutdownNow();
        walker.shutdownNow();
        try {
            if (!timer.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)
                    || !walker.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                LOG.warn("the reconciler does not end; the next one takes over when its lease is over");
                return;
            }
            lease.release(told());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("the reconciler's lease could not be given back: {}", e.getMessage());
        }
        meters.active(false);
    }
}
