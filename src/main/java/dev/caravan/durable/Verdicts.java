package dev.caravan.durable;

import dev.caravan.failure.Failure;
import java.time.Duration;
import org.apache.camel.Exchange;

/** How a verdict travels from the attempt to Camel's error handler and to the dead-letter route. */
final class Verdicts {
    /** The word; what the dead-letter route's {@code choice} reads. */
    static final String VERDICT = "caravan.verdict";

    static final String FAILURE = "caravan.failure";
    private static final String PAUSE = "caravan.pause";

    private Verdicts() {}

    static void put(Exchange exchange, Verdict verdict, Failure failure) {
        exchange.setProperty(VERDICT, verdict.next().word());
        exchange.setProperty(PAUSE, verdict.pause());
        exchange.setProperty(FAILURE, failure);
        if (verdict.next() == Verdict.Next.RETRY) {
            exchange.getMessage()
                    .setHeader(Exchange.REDELIVERY_DELAY, verdict.pause().toMillis());
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
