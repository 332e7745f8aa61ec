package dev.caravan.durable;

import dev.caravan.failure.Failure;
import dev.caravan.failure.StepException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/**
 * Camel's redelivery policy, counting by the job's record: attempts that were made before a restart count too. Its numbers
 * (maximumRedeliveries, redeliveryDelay, backOffMultiplier, maximumRedeliveryDelay) mean what they mean in Camel; the
 * exponential back-off is always on.
 */
public class DurableRedeliveryPolicy extends RedeliveryPolicy {
    private static final long serialVersionUID = 1L;
    /** Longer waits give the place back, so that another job can use it. */
    static final Duration LONGEST_WAIT_IN_PLACE = Duration.ofSeconds(5);

    private static final Duration FIRST_GIVE_BACK = Duration.ofSeconds(5);

    /** @param attempt number of the run that failed, from 1, over the whole life of the job */
    Verdict verdict(Failure failure, StepException asked, int attempt) {
        return switch (failure.kind()) {
            case PERMANENT -> Verdict.of(Verdict.Next.DEAD);
            case SKIPPED -> Verdict.of(Verdict.Next.SKIP);
            case FENCED -> Verdict.of(Verdict.Next.LEAVE);
            case OURS -> new Verdict(Verdict.Next.GIVE_BACK, FIRST_GIVE_BACK);
            case TRANSIENT ->
                attempt > getMaximumRedeliveries()
                        ? Verdict.of(Verdict.Next.DEAD)
                        : retryAfter(
                                asked == null
                                        ? waitAfter(attempt)
                                        : asked.retryAfter().orElse(waitAfter(attempt)));
        };
    }

    private static Verdict retryAfter(Duration wait) {
        return new Verdict(wait.compareTo(LONGEST_WAIT_IN_PLACE) > 0 ? Verdict.Next.LATER : Verdict.Next.RETRY, wait);
    }

    /** The wait after the {@code attempt}th run: delay times multiplier for each run before it. */
    Duration waitAfter(int attempt) {
        double millis = getRedeliveryDelay() * Math.pow(Math.max(1, getBackOffMultiplier()), attempt - 1);
        return Duration.ofMillis((long) Math.min(millis, getMaximumRedeliveryDelay()));
    }

    /** Only what the attempt's verdict says; its wait stands in the header {@code CamelRedeliveryDelay}. */
    @Override
    public boolean shouldRedeliver(Exchange exchange, int redeliveryCounter, Predicate retryWhile) {
        return Verdict.Next.RETRY.word().equals(exchange.getProperty(Verdicts.VERDICT));
    }
}
