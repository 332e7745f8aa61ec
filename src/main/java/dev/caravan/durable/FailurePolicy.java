package dev.caravan.durable;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.RepeatedFailure;
import dev.caravan.failure.StepException;
import dev.caravan.work.Journal;
import dev.caravan.work.RunningJob;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what follows an exception, records a failed attempt, and leaves the verdict on the exchange for the error handler. */
final class FailurePolicy {
    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);

    private final Journal journal;

    FailurePolicy(Journal journal) {
        this.journal = journal;
    }

    /** An attempt of a step failed. */
    void attempt(Exchange exchange, JobExchange job) {
        StepException said = ObjectHelper.getException(StepException.class, exchange.getException());
        Failure failure = settled(ExceptionClassifier.of(exchange.getException(), job.run()), said, job);
        try {
            RetryDecision retryDecision = job.policy().verdict(failure, said, job.attempt());
            boolean left = retryDecision.next() == RetryDecision.Next.DEAD
                    && failure.kind() == FailureKind.TRANSIENT
                    && job.run().attempt() < job.policy().attempts();
            rule(exchange, job, left ? job.policy().outOfTime(failure) : failure, retryDecision);
        } catch (RuntimeException e) {
            exchange.setException(e);
            outside(exchange, job);
        }
    }

    /** A fault of the input stays the same for ever: the second failure shows it. */
    private static Failure settled(Failure failure, StepException said, JobExchange job) {
        boolean repeated = said != null
                && said.isPermanentWhenRepeated()
                && failure.kind() == FailureKind.TRANSIENT
                && RepeatedFailure.of(job.failureBefore(), failure);
        return repeated
                ? failure.permanent(failure.message() + " (the attempt before failed in the same way)")
                : failure;
    }

    /** Another attempt is left, and its time is over: the job waited for a worker, or Caravan stood still. */
    void tooLate(Exchange exchange, JobExchange job) {
        Failure failure = job.policy().outOfTime(job.current().error());
        exchange.setException(new StepException(failure));
        job.run().enter(job.run().step(), job.current().attempts());
        job.failed(failure);
        DecisionProperties.put(exchange, RetryDecision.of(RetryDecision.Next.DEAD), failure);
    }

    /**
     * Something failed around a step: its fingerprint, its outputs, its checkpoint. Running it again would not help, so
     * there is no retry.
     */
    void outside(Exchange exchange, JobExchange job) {
        Failure failure = ExceptionClassifier.of(exchange.getException(), job.run());
        RetryDecision.Next next =
                switch (failure.kind()) {
                    case FENCED -> RetryDecision.Next.LEAVE;
                    case OURS, WAITING -> RetryDecision.Next.GIVE_BACK;
                    case TRANSIENT, PERMANENT, SKIPPED -> RetryDecision.Next.DEAD;
                };
        job.failed(failure);
        DecisionProperties.put(exchange, RetryDecision.of(next), failure);
    }

    private void rule(Exchange exchange, JobExchange job, Failure failure, RetryDecision retryDecision) {
        RunningJob run = job.run();
        job.failed(failure);
        if (retryDecision.next() == RetryDecision.Next.SKIP) {
            job.before().restore(exchange);
            job.markSkipped();
            exchange.setException(null);
            return;
        }
        if (retryDecision.next() == RetryDecision.Next.RETRY) {
            RetryUntilStored.on(
                    run, () -> journal.attemptFailed(run, run.step(), job.current(), retryDecision.pause()));
            job.pause();
            LOG.warn(
                    "job {}: {} failed (attempt {} of {}), again in {} ms: {}",
                    run.jobId(),
                    run.step(),
                    run.attempt(),
                    job.policy().attempts(),
                    retryDecision.pause().toMillis(),
                    withComplaint(failure));
        }
        if (failure.kind() == FailureKind.TRANSIENT && "STEP_FAILED".equals(failure.code())) {
            LOG.warn("job {}: {} failed unexpectedly", run.jobId(), run.step(), exchange.getException());
        }
        DecisionProperties.put(exchange, retryDecision, failure);
    }

    private static String withComplaint(Failure failure) {
        return failure.complaint().isEmpty() ? failure.toString() : failure + " [" + failure.complaint() + "]";
    }
}
