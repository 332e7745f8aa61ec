package dev.caravan.durable;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/**
 * Camel's redelivery policy for steps, which does what the attempt's verdict says. Its numbers (maximumRedeliveries,
 * redeliveryDelay, backOffMultiplier, maximumRedeliveryDelay) are the defaults of pipelines that say nothing of their own; the
 * exponential back-off is always on.
 */
public class DurableRedeliveryPolicy extends RedeliveryPolicy {
    private static final long serialVersionUID = 1L;

    RetryPolicy defaults() {
        return new RetryPolicy(
                getMaximumRedeliveries() + 1,
                Duration.ofMillis(getRedeliveryDelay()),
                Math.max(1, getBackOffMultiplier()),
                Duration.ofMillis(getMaximumRedeliveryDelay()),
                null,
                0,
                true);
    }

    /** Only what the attempt's verdict says; its wait stands in the header {@code CamelRedeliveryDelay}. */
    @Override
    public boolean shouldRedeliver(Exchange exchange, int redeliveryCounter, Predicate retryWhile) {
        return RetryDecision.Next.RETRY.word().equals(exchange.getProperty(DecisionProperties.VERDICT));
    }
}
