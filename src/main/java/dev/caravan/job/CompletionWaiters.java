package dev.caravan.job;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets callers wait for the end of a job. A job that ends in this process wakes them immediately; for jobs that end
 * elsewhere the records are read once a second.
 */
public final class CompletionWaiters implements AutoCloseable {
    /** The number of waits is limited because each takes a thread of the HTTP server. */
    public static final int MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(CompletionWaiters.class);

    private final Jobs jobs;
    private final Semaphore room = new Semaphore(MAX);
    private final Map<String, Wait> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "job-waits");
        thread.setDaemon(true);
        return thread;
    });

    private volatile boolean closed;

    /** The callers that wait for one job. */
    private static final class Wait {
        private final CountDownLatch ended = new CountDownLatch(1);
        private int callers;
    }

    public CompletionWaiters(Jobs jobs) {
        this.jobs = jobs;
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Returns when the job has ended, when {@code most} has passed, when this Caravan stops, or immediately when the maximum
     * number of callers already waits.
     */
    public void untilEnd(String jobId, Duration most) {
        if (closed || most.isZero() || most.isNegative() || !room.tryAcquire()) {
            return;
        }
        Wait wait = waiting.compute(jobId, (id, found) -> joined(found == null ? new Wait() : found));
        try {
            // The job may have ended since the caller accepted it.
            if (!isOver(jobId) && !closed) {
                wait.ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.computeIfPresent(jobId, (id, found) -> --found.callers == 0 ? null : found);
            room.release();
        }
    }

    private static Wait joined(Wait wait) {
        wait.callers++;
        return wait;
    }

    /** Wakes the callers that wait for a job that has just ended here. */
    public void ended(String jobId) {
        Wait wait = waiting.get(jobId);
        if (wait != null) {
            wait.ended.countDown();
        }
    }

    private boolean isOver(String jobId) {
        return jobs.find(jobId).map(job -> job.status().ended()).orElse(true);
    }

    private void look() {
        try {
            waiting.keySet().stream().filter(this::isOver).forEach(this::ended);
        } catch (RuntimeException e) {
            LOG.warn("could not look after jobs that are waited for: {}", e.getMessage());
        }
    }

    /** Ends all waits, because the server is about to stop. */
    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        waiting.values().forEach(wait -> wait.ended.countDown());
    }
}
