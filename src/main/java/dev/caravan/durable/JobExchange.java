package dev.caravan.durable;

import dev.caravan.failure.Failure;
import dev.caravan.job.StepRecord;
import dev.caravan.job.StepStatus;
import dev.caravan.json.Timestamps;
import dev.caravan.work.Place;
import dev.caravan.work.RunningJob;
import dev.caravan.work.StepContext;
import dev.caravan.work.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job that an exchange carries through its pipeline, and the step that it is in. One thread at a time. */
final class JobExchange {
    private static final Logger LOG = LoggerFactory.getLogger(JobExchange.class);
    private static final String PROPERTY = "caravan.job";

    private final RunningJob run;
    private final Place place;
    private final LoadedPipeline version;
    private final Clock clock;
    private final List<String> skipped = new ArrayList<>();
    private StepRecord current = StepRecord.running(1, null);
    private StepRecord previous = current;
    private String fingerprint;
    private Snapshot before;
    private Failure skipReason;
    private String lastStep;
    private StepContext.Registration pause;
    private long startedNanos;

    JobExchange(RunningJob run, Place place, LoadedPipeline version, Clock clock) {
        this.run = run;
        this.place = place;
        this.version = version;
        this.clock = clock;
    }

    void travelWith(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.setProperty(StepContext.PROPERTY, run);
    }

    /** Null outside a job. */
    static JobExchange find(Exchange exchange) {
        return exchange.getProperty(PROPERTY, JobExchange.class);
    }

    void skipped(String step) {
        skipped.add(step);
    }

    void begin(String step, String newFingerprint, StepRecord recorded, Snapshot snapshot) {
        fingerprint = newFingerprint;
        before = snapshot;
        skipReason = null;
        startedNanos = System.nanoTime();
        current = recorded.done() ? StepRecord.running(0, null) : recorded;
        run.enter(step, current.nextAttempt());
        if (!skipped.isEmpty()) {
            LOG.info(
                    "resuming job {} at {}: {} {} done",
                    run.jobId(),
                    step,
                    String.join(", ", skipped),
                    skipped.size() == 1 ? "is" : "are");
            skipped.clear();
        }
    }

    int nextAttempt() {
        previous = current;
        current = current.next(Timestamps.now(clock));
        run.retries(isRetry() ? 1 : 0);
        run.enter(run.step(), current.attempts());
        return current.attempts();
    }

    /** The attempt that is under way does not count: the step stands where it stood before. */
    StepRecord withdrawAttempt() {
        run.retries(isRetry() ? -1 : 0);
        return previous;
    }

    /** A run that was cut off continues under its number, and is counted already. */
    private boolean isRetry() {
        return current.attempts() > 1 && current.attempts() > previous.attempts();
    }

    /** Whether a run that started now would be later than the policy allows. One that a crash cut off is still the same run. */
    boolean tooLate() {
        return current.status() == StepStatus.FAILED && policy().tooLate(sinceFirst());
    }

    /** For the policy: the run that is under way. */
    RetryPolicy.Run attempt() {
        return new RetryPolicy.Run(run.jobId(), run.step(), current.attempts(), sinceFirst());
    }

    private Duration sinceFirst() {
        return current.firstStartedAt() == null
                ? Duration.ZERO
                : Duration.between(Instant.parse(current.firstStartedAt()), clock.instant());
    }

    /** Between two attempts nothing is at work in the workspace: if the run is ended now, it need not wait for the next one. */
    void pause() {
        pause = run.onAbort(() -> Workspaces.delete(run.workspace()));
    }

    void resume() {
        if (pause != null) {
            pause.close();
            pause = null;
        }
    }

    void failed(Failure failure) {
        current = new StepRecord(
                StepStatus.FAILED,
                current.attempts(),
                current.startedAt(),
                Timestamps.now(clock),
                null,
                null,
                null,
                failure,
                current.firstStartedAt());
    }

    /** How the run of the step before this one failed, or null; a restart in between does not forget it. */
    Failure failureBefore() {
        return previous.error();
    }

    void markSkipped() {
        skipReason = current.error();
    }

    StepRecord finished(Map<String, Object> outputs) {
        return new StepRecord(
                skipReason == null ? StepStatus.COMPLETED : StepStatus.SKIPPED,
                current.attempts(),
                current.startedAt(),
                Timestamps.now(clock),
                outputs,
                run.warnings().isEmpty() ? null : run.warnings(),
                fingerprint,
                skipReason,
                current.firstStartedAt());
    }

    /** Since this run of the step began, its waits between attempts included. */
    Duration sinceBegin() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    String seconds() {
        return "%.1f".formatted(sinceBegin().toMillis() / 1e3);
    }

    void lastStep(String step) {
        lastStep = step;
    }

    /** The step whose record is still to be written together with the job's end, or null. */
    String lastStep() {
        return lastStep;
    }

    StepRecord current() {
        return current;
    }

    Snapshot before() {
        return before;
    }

    RunningJob run() {
        return run;
    }

    Place place() {
        return place;
    }

    RetryPolicy policy() {
        return version.policy(run.step());
    }

    /** The pipeline as it was when this run began. */
    LoadedPipeline version() {
        return version;
    }

    String pipeline() {
        return run.job().pipeline();
    }
}
