package dev.caravan.durable;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.job.StepStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Counts attempts of steps, and times the steps that ended. A step that is restored from its checkpoint is not counted. */
final class StepMeters {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(30),
        Duration.ofHours(1)
    };

    private static final List<FailureKind> SHOWN =
            List.of(FailureKind.TRANSIENT, FailureKind.PERMANENT, FailureKind.OURS);

    private final MeterRegistry meters;

    StepMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** An attempt did what it was to do. */
    void completed(JobExchange job) {
        attempt(job, StepStatus.COMPLETED.name());
    }

    /** An attempt failed; what it counts for is the failure's kind. */
    void failed(JobExchange job, Failure failure) {
        attempt(job, failure.kind().name());
    }

    /** A step ended: no attempt follows. */
    void ended(JobExchange job, StepStatus outcome) {
        Timer.builder("caravan.step.duration")
                .description("Of a step on this worker, with the waits between its attempts")
                .tag("pipeline", job.pipeline())
                .tag("step", job.run().step())
                .tag("outcome", lower(outcome.name()))
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(job.sinceBegin());
    }

    /** Shows the step from now on: a series that is born with its first failure has no growth that an alert could see. */
    void show(String pipeline, String step) {
        attempts(pipeline, step, StepStatus.COMPLETED.name());
        SHOWN.forEach(kind -> attempts(pipeline, step, kind.name()));
    }

    private void attempt(JobExchange job, String outcome) {
        attempts(job.pipeline(), job.run().step(), outcome).increment();
    }

    private Counter attempts(String pipeline, String step, String outcome) {
        return Counter.builder("caravan.step.attempts")
                .description("Attempts of steps, by the kind of failure that ended them")
                .tag("pipeline", pipeline)
                .tag("step", step)
                .tag("outcome", lower(outcome))
                .register(meters);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
