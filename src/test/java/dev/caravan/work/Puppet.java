package dev.caravan.work;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.job.Job;
import dev.caravan.job.JobCompletion;
import dev.caravan.job.Jobs;
import dev.caravan.job.Pipelines;
import dev.caravan.job.ReadyJob;
import dev.caravan.job.RunTransitions;
import dev.caravan.job.RunTransitions.DoneStep;
import dev.caravan.job.StepRecord;
import dev.caravan.job.StepStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A worker without threads, heartbeats or steps: it writes what a test tells it to, through the code that real ones use. */
public final class Puppet {
    static final Duration LEASE = Duration.ofSeconds(30);

    private final Journal journal;
    private final JobCompletion jobCompletion;
    private final Pipelines pipelines;
    private final RunTransitions transitions;
    private final Claims claims;

    public Puppet(RunTransitions transitions, Jobs jobs, JobCompletion jobCompletion, Pipelines pipelines) {
        this.journal = new Journal(transitions, jobs);
        this.jobCompletion = jobCompletion;
        this.pipelines = pipelines;
        this.claims = new Claims(transitions, LEASE);
        this.transitions = transitions;
    }

    /** Claims the job as the ready index showed it at some time. */
    public Optional<RunningJob> claim(Job seen, String worker) {
        ReadyJob entry = new ReadyJob(
                seen.jobId(),
                seen.owner(),
                seen.pipeline(),
                seen.priority(),
                seen.fence(),
                seen.crashes(),
                seen.dueAt(),
                seen.ready());
        return claims.claim(entry, worker)
                .job()
                .map(job -> new RunningJob(job, Path.of("target"), pipelines, System::nanoTime, run -> {}));
    }

    public boolean takeBack(Job seen) {
        return transitions.takeBack(seen, Duration.ZERO, "a test says that its worker is dead");
    }

    public void beat(RunningJob run) {
        journal.beat(run);
    }

    /** Beats for that run, as often as a real worker would in a minute, and ends. */
    public void beats(RunningJob run) throws InterruptedException {
        try (Heartbeats heartbeats = new Heartbeats(() -> List.of(run), journal, () -> true)) {
            heartbeats.start(Duration.ofMillis(20));
            Thread.sleep(500);
        }
    }

    public void attemptFails(RunningJob run, String step, int attempt) {
        journal.attemptFailed(run, step, failed(attempt), Duration.ofSeconds(2));
    }

    public void checkpoint(RunningJob run, String step, int attempt, String next) {
        StepRecord record = done(attempt);
        run.enter(step, attempt);
        run.leave();
        journal.checkpoint(run, step, record, next);
        run.record(step, record);
    }

    public void complete(RunningJob run, String step, int attempt) {
        jobCompletion.complete(run.job(), new DoneStep(step, done(attempt), run.percentage()));
    }

    public void fail(RunningJob run, String step, int attempt) {
        jobCompletion.fail(run.job(), step, failed(attempt), failure());
    }

    public void postpone(RunningJob run, String step, int attempt) {
        journal.postpone(run, step, failed(attempt), Duration.ofSeconds(60));
    }

    public void giveBack(RunningJob run) {
        journal.giveBack(run, failure(), Duration.ZERO);
    }

    private static StepRecord done(int attempt) {
        return new StepRecord(
                StepStatus.COMPLETED, attempt, "s", "f", Map.of("made", attempt), List.of(), "print", null);
    }

    private static StepRecord failed(int attempt) {
        return new StepRecord(StepStatus.FAILED, attempt, "s", "f", null, null, null, failure());
    }

    private static Failure failure() {
        return new Failure("NOT_TODAY", FailureKind.TRANSIENT, null, "It does not work", "Wait", null);
    }
}
