package dev.caravan.durable;

import dev.caravan.job.StepRecord;
import dev.caravan.job.StepStatus;
import dev.caravan.work.Journal;
import dev.caravan.work.RunningJob;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs or skips a step: done already with the same fingerprint - restore and skip; else run it and record its outputs. */
final class StepGate extends DelegateAsyncProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(StepGate.class);

    private final Parts parts;
    private final FailurePolicy failurePolicy;

    record Parts(String step, Journal journal, StepMeters meters) {}

    StepGate(Processor target, Parts parts) {
        super(target);
        this.parts = parts;
        this.failurePolicy = new FailurePolicy(parts.journal());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        JobExchange job = JobExchange.find(exchange);
        if (job == null) {
            return super.process(exchange, callback);
        }
        RunningJob run = job.run();
        try {
            run.enter(parts.step(), 1);
            String fingerprint = job.version()
                    .planner()
                    .fingerprint(parts.step())
                    .of(exchange, run)
                    .toString();
            StepRecord recorded = run.record(parts.step());
            if (recorded.done() && fingerprint.equals(recorded.fingerprint())) {
                Snapshot.restoreOutputs(recorded.outputs(), exchange);
                job.skipped(parts.step());
                callback.done(true);
                return true;
            }
            job.begin(parts.step(), fingerprint, recorded, Snapshot.of(exchange));
        } catch (RuntimeException e) {
            exchange.setException(e);
            failurePolicy.outside(exchange, job);
            callback.done(true);
            return true;
        }
        return super.process(exchange, doneSync -> {
            finish(exchange, job);
            callback.done(doneSync);
        });
    }

    private void finish(Exchange exchange, JobExchange job) {
        exchange.getMessage().removeHeaders("CamelRedeliver*");
        if (exchange.getException() != null
                || exchange.getProperty(DecisionProperties.VERDICT) != null
                || handled(exchange)) {
            if (RetryDecision.Next.DEAD.word().equals(exchange.getProperty(DecisionProperties.VERDICT))) {
                parts.meters().ended(job, StepStatus.FAILED);
            }
            return;
        }
        try {
            checkpoint(exchange, job);
        } catch (RuntimeException e) {
            exchange.setException(e);
            failurePolicy.outside(exchange, job);
        }
    }

    /** A failure that the error handler dealt with inside leaves no exception behind, but this mark. */
    private static boolean handled(Exchange exchange) {
        return exchange.getExchangeExtension().isErrorHandlerHandledSet()
                && exchange.getExchangeExtension().isErrorHandlerHandled();
    }

    private void checkpoint(Exchange exchange, JobExchange job) {
        RunningJob run = job.run();
        Pipeline pipeline = job.version().pipeline();
        String step = parts.step();
        Map<String, Object> outputs = job.before().changes(exchange, step);
        StepRecord record = job.finished(outputs);
        run.leave();
        if (pipeline.isLast(step)) {
            // Nothing runs between the last step and the end of the job: both are written at the same time.
            run.record(step, record);
            job.lastStep(step);
        } else {
            String next = pipeline.next(step);
            RetryUntilStored.on(run, () -> parts.journal().checkpoint(run, step, record, next));
            run.record(step, record);
        }
        parts.meters().ended(job, record.status());
        if (record.status() == StepStatus.SKIPPED) {
            LOG.info("job {}: {} skipped: {}", run.jobId(), step, record.error().message());
        } else {
            LOG.info("job {}: {} done in {} s", run.jobId(), step, job.seconds());
        }
        if (pipeline.isLastEncoding(step)) {
            job.place().giveUpSlot();
        }
    }
}
