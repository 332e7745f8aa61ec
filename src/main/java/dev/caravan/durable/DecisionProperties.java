package dev.caravan.durable;

import dev.caravan.failure.Failure;
import java.time.Duration;
import org.apache.camel.Exchange;

/** Carries a verdict from the attempt to Camel's error handler and to the dead-letter route. */
final class DecisionProperties {
    /** The verdict's name; what the dead-letter route's {@code choice} reads. */
    static final String VERDICT = "caravan.verdict";

    static final String FAILURE = "caravan.failure";
    private static final String PAUSE = "caravan.pause";

    private DecisionProperties() {}

    static void put(Exchange exchange, RetryDecision retryDecision, Failure failure) {
        exchange.setProperty(VERDICT, retryDecision.next().word());
        exchange.setProperty(PAUSE, retryDecision.pause());
        exchange.setProperty(FAILURE, failure);
        if (retryDecision.next() == RetryDecision.Next.RETRY) {
            exchange.getMessage()
                    .setHeader(Exchange.REDELIVERY_DELAY, retryDecision.pause().toMillis());
        }
    }

    static void clear(Exchange exchange) {
        exchange.removeProperty(VERDICT);
        exchange.removeProperty(PAUSE);
        exchange.removeProperty(FAILURE);
        exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
    }

    static Duration pause(Exchange exchange) {
        return exchange.getProperty(PAUSE, Duration.ZERO, Duration.class);
    }

    static Failure failure(Exchange exchange) {
        return exchange.getProperty(FAILURE, Failure.class);
    }
}
