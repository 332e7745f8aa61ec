package dev.caravan.limit;

import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.job.Rate;
import dev.caravan.work.Admission;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets no more jobs of a pipeline start than its rate allows. Every claim counts, also of a job resumed after a wait. */
public final class PipelineLimits implements Admission, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineLimits.class);

    private final Pipelines pipelines;
    private final Windows windows;
    private final Runnable lookAgain;
    private final LongSupplier nanoTime;
    private final Map<String, Long> closedUntil = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "rate-limits");
        thread.setDaemon(true);
        return thread;
    });

    /** @param lookAgain called when a token may be free that was not */
    PipelineLimits(Pipelines pipelines, Windows windows, Runnable lookAgain, LongSupplier nanoTime) {
        this.pipelines = pipelines;
        this.windows = windows;
        this.lookAgain = lookAgain;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean open(String pipeline, Priority priority) {
        Long until = closedUntil.get(pipeline);
        return until == null || nanoTime.getAsLong() - until >= 0;
    }

    @Override
    public Optional<Leave> enter(String pipeline, Priority priority) {
        Optional<Rate> rate = pipelines.rate(pipeline);
        if (rate.isEmpty()) {
            return Optional.of(() -> {});
        }
        if (!open(pipeline, priority)) {
            return Optional.empty();
        }
        String name = "pipeline:" + pipeline;
        String token = UUID.randomUUID().toString();
        Duration wait = windows.take(name, rate.get(), new Windows.Asking(token, ""));
        if (!wait.isZero()) {
            close(pipeline, wait);
            return Optional.empty();
        }
        return Optional.of(() -> windows.giveBack(name, token));
    }

    private void close(String pipeline, Duration wait) {
        closedUntil.put(pipeline, nanoTime.getAsLong() + wait.toNanos());
        try {
            timer.schedule(this::look, wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("no look follows: this process is stopping");
        }
    }

    private void look() {
        try {
            lookAgain.run();
        } catch (RuntimeException e) {
            LOG.warn("could not look for waiting jobs: {}; the next ring or the reconciler will", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
