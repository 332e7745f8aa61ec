package dev.caravan.job;

import dev.caravan.failure.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Counts jobs as they are accepted and as they end. The process that wrote a change counts it, after the write. */
public final class JobMeters {
    private static final List<JobStatus> ENDS = List.of(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED);
    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(30),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofHours(24)
    };

    private final MeterRegistry meters;
    private final Clock clock;
    private final List<BiConsumer<Job, JobStatus>> listeners = new CopyOnWriteArrayList<>();

    public JobMeters(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Calls {@code listener} for each job that ends in this process from now on, with the job as it was before and its final
     * status.
     */
    public void listen(BiConsumer<Job, JobStatus> listener) {
        listeners.add(listener);
    }

    /** Shows every pipeline from the start, at zero: a rate over a series that begins with 1 would miss that one. */
    public void show(Collection<String> pipelines) {
        for (String pipeline : pipelines) {
            accepted(pipeline, 0);
            retried(pipeline, 0);
            ENDS.forEach(status -> ended(pipeline, status, 0));
        }
    }

    public void accepted(String pipeline) {
        accepted(pipeline, 1);
    }

    /** @param status COMPLETED or CANCELLED; for FAILED there is {@link #failed} */
    public void ended(Job job, JobStatus status) {
        ended(job.pipeline(), status, 1);
        Timer.builder("caravan.job.duration")
                .description("From the acceptance of a job to its end, waiting included")
                .tag("pipeline", job.pipeline())
                .tag("status", status.name())
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(Duration.between(Instant.parse(job.createdAt()), clock.instant()));
        listeners.forEach(listener -> listener.accept(job, status));
    }

    public void failed(Job job, Failure failure) {
        ended(job, JobStatus.FAILED);
        jobs("caravan.jobs.failed", "Dead letters, by the code of their failure", job.pipeline())
                .tag("code", failure.code())
                .register(meters)
                .increment();
    }

    /** Counts a job that is retried after its end. */
    public void retried(Job job) {
        retried(job.pipeline(), 1);
    }

    private void retried(String pipeline, int jobs) {
        jobs("caravan.jobs.retried", "Jobs put back in line after their end", pipeline)
                .register(meters)
                .increment(jobs);
    }

    private void accepted(String pipeline, int jobs) {
        jobs("caravan.jobs.accepted", "Jobs accepted", pipeline)
                .register(meters)
                .increment(jobs);
    }

    private void ended(String pipeline, JobStatus status, int jobs) {
        jobs("caravan.jobs.ended", "Jobs ended", pipeline)
                .tag("status", status.name())
                .register(meters)
                .increment(jobs);
    }

    private static Counter.Builder jobs(String name, String says, String pipeline) {
        return Counter.builder(name).description(says).tag("pipeline", pipeline);
    }
}
