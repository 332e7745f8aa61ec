package dev.caravan.durable;

import dev.caravan.failure.FullDisk;
import dev.caravan.failure.StepException;
import dev.caravan.settings.PrivateFolder;
import dev.caravan.work.Journal;
import dev.caravan.work.RunningJob;
import java.io.IOException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one attempt of a step's child. Puts everything back as it was before the step, and judges what comes out. */
final class AttemptGate extends DelegateAsyncProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptGate.class);

    private final String step;
    private final Journal journal;
    private final FailurePolicy failurePolicy;
    private final StepMeters meters;

    AttemptGate(Processor target, String step, Journal journal, StepMeters meters) {
        super(target);
        this.step = step;
        this.journal = journal;
        this.failurePolicy = new FailurePolicy(journal);
        this.meters = meters;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        JobExchange job = JobExchange.find(exchange);
        if (job == null) {
            return super.process(exchange, callback);
        }
        if (job.tooLate()) {
            failurePolicy.tooLate(exchange, job);
            callback.done(true);
            return true;
        }
        try {
            begin(exchange, job);
        } catch (RuntimeException e) {
            exchange.setException(e);
            failed(exchange, job);
            callback.done(true);
            return true;
        }
        return super.process(exchange, doneSync -> {
            if (exchange.getException() == null) {
                meters.completed(job);
            } else {
                failed(exchange, job);
            }
            callback.done(doneSync);
        });
    }

    private void failed(Exchange exchange, JobExchange job) {
        failurePolicy.attempt(exchange, job);
        meters.failed(job, job.current().error());
    }

    /** Here and not when the job is claimed, so that a full disk is judged as any failure of an attempt. */
    private static void makeWorkspace(RunningJob run) {
        try {
            PrivateFolder.in(run.workspace());
        } catch (IOException e) {
            throw StepException.ours(
                    FullDisk.behind(e) ? "DISK_FULL" : "WORKSPACE_UNUSABLE",
                    "The workspace could not be made: " + e,
                    "See to the folder that TEMP_DIR names; the job goes on by itself.",
                    e);
        }
    }

    private void begin(Exchange exchange, JobExchange job) {
        RunningJob run = job.run();
        job.resume();
        makeWorkspace(run);
        job.before().restore(exchange);
        DecisionProperties.clear(exchange);
        int attempt = job.nextAttempt();
        if (run.aborted()) {
            throw StepException.fenced("The run was ended before this attempt");
        }
        if (attempt > 1) {
            RetryUntilStored.on(run, () -> journal.attemptStarted(run, step, job.current()));
            LOG.info("job {}: {} starts attempt {}", run.jobId(), step, attempt);
        }
    }
}
