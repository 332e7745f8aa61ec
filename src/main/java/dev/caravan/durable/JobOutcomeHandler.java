package dev.caravan.durable;

import dev.caravan.failure.Failure;
import dev.caravan.failure.StepException;
import dev.caravan.job.DeadLetterLog;
import dev.caravan.job.Doorbell;
import dev.caravan.job.JobCompletion;
import dev.caravan.job.RunTransitions.DoneStep;
import dev.caravan.job.StepRecord;
import dev.caravan.work.CancelledRunCleanup;
import dev.caravan.work.Journal;
import dev.caravan.work.RunningJob;
import dev.caravan.work.Worker;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Records how a run ends; the bean {@code jobEnd} of the routes run-job and dead-letter. */
public final class JobOutcomeHandler {
    private static final String RATE = "rate";
    private static final Logger LOG = LoggerFactory.getLogger(JobOutcomeHandler.class);
    /** After trouble with Caravan's own stores or disk, this worker claims nothing for so long. */
    private static final Duration HOLD_BACK = Duration.ofSeconds(5);

    private final Journal journal;
    private final JobCompletion jobCompletion;
    private final Doorbell doorbell;
    private final CancelledRunCleanup cancelledRunCleanup;
    private final Supplier<Worker> worker;

    public JobOutcomeHandler(
            Journal journal,
            JobCompletion jobCompletion,
            Doorbell doorbell,
            CancelledRunCleanup cancelledRunCleanup,
            Supplier<Worker> worker) {
        this.journal = journal;
        this.jobCompletion = jobCompletion;
        this.doorbell = doorbell;
        this.cancelledRunCleanup = cancelledRunCleanup;
        this.worker = worker;
    }

    /** All steps are done: the job is completed, together with its last step's checkpoint. */
    public void complete(Exchange exchange) {
        JobExchange job = JobExchange.find(exchange);
        RunningJob run = job.run();
        unlessFenced(run, () -> jobCompletion.complete(run.job(), lastStep(job)));
        LOG.info("job {}: {} completed", run.jobId(), job.pipeline());
    }

    /** A dead letter: out of attempts, or failed for good. */
    public void bury(Exchange exchange) {
        JobExchange job = JobExchange.find(exchange);
        RunningJob run = job.run();
        Failure failure = DecisionProperties.failure(exchange);
        unlessFenced(run, () -> jobCompletion.fail(run.job(), run.step(), job.current(), failure));
        LOG.error("{}", DeadLetterLog.of(run.job(), run.step(), run.attempt(), failure));
    }

    /** The next attempt is due later and may run anywhere. */
    public void postpone(Exchange exchange) {
        JobExchange job = JobExchange.find(exchange);
        Duration wait = DecisionProperties.pause(exchange);
        unlessFenced(job.run(), () -> journal.postpone(job.run(), job.run().step(), job.current(), wait));
        doorbell.ring(wait);
        LOG.warn("job {}: {} goes on in {} s", job.run().jobId(), job.run().step(), wait.toSeconds());
    }

    /** A limit of rate, or something else that takes its time: others work here until it is this job's turn. */
    public void awaitTurn(Exchange exchange) {
        JobExchange job = JobExchange.find(exchange);
        Failure failure = DecisionProperties.failure(exchange);
        Duration wait = DecisionProperties.pause(exchange);
        StepRecord before = job.withdrawAttempt();
        String what = awaited(failure);
        unlessFenced(job.run(), () -> journal.awaitTurn(job.run(), before, failure, what, wait));
        doorbell.ring(wait);
        // A step that waits for the end of another job looks again and again; its history says so.
        LOG.atLevel(what.equals(RATE) ? Level.INFO : Level.DEBUG)
                .log(
                        "job {}: {} waits {} ms for its turn: {}",
                        job.run().jobId(),
                        job.run().step(),
                        wait.toMillis(),
                        failure);
    }

    /** In a word of the record; what steps of others wait for is a limit. */
    private static String awaited(Failure failure) {
        return failure.code().equals("ASSET_WAIT") ? "asset" : RATE;
    }

    /** The fault was Caravan's: the job goes back to the ready queue unchanged. */
    public void giveBack(Exchange exchange) {
        JobExchange job = JobExchange.find(exchange);
        RunningJob run = job.run();
        Failure failure = DecisionProperties.failure(exchange);
        boolean stopping = run.abortReason() == RunningJob.AbortReason.STOPPING;
        Duration wait = stopping ? Duration.ZERO : DecisionProperties.pause(exchange);
        if (!stopping) {
            worker.get().holdBack(HOLD_BACK);
        }
        unlessFenced(run, () -> journal.giveBack(run, failure, wait));
        doorbell.ring(wait);
        LOG.warn("job {} given back at {}, no attempt counted: {}", run.jobId(), run.step(), failure);
    }

    /** In other hands, or the store that knows is out of reach: nothing is written, the lease decides. */
    public void leave(Exchange exchange) {
        RunningJob run = JobExchange.find(exchange).run();
        LOG.warn("job {} left alone at {}: {}", run.jobId(), run.step(), DecisionProperties.failure(exchange));
        cancelledRunCleanup.remove(run);
    }

    /** The step whose checkpoint goes with the end; null where all have theirs. */
    private static DoneStep lastStep(JobExchange job) {
        String last = job.lastStep();
        RunningJob run = job.run();
        return last == null ? null : new DoneStep(last, run.record(last), run.percentage());
    }

    private static void unlessFenced(RunningJob run, Runnable write) {
        try {
            RetryUntilStored.on(run, write);
        } catch (StepException fenced) {
            LOG.warn("job {}: {}", run.jobId(), fenced.failure().message());
        }
    }
}
