package dev.caravan;

import java.util.function.BooleanSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls a queue only while a condition holds: a worker without a free place leaves doorbell messages to the others. */
final class ConditionalPollStrategy implements PollingConsumerPollStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(ConditionalPollStrategy.class);

    private final BooleanSupplier reason;

    ConditionalPollStrategy(BooleanSupplier reason) {
        this.reason = reason;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return reason.getAsBoolean();
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        // The route handles the messages.
    }

    /** Does not retry: the next poll comes soon enough. A poll that the stop interrupts is not reported. */
    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        if (reason.getAsBoolean()) {
            LOG.warn("{} could not be polled: {}", endpoint.getEndpointBaseUri(), cause.getMessage());
        }
        return false;
    }
}
