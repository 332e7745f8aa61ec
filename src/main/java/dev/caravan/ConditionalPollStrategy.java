package dev.caravan;

import java.util.function.BooleanSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls a queue only while there is a reason to: the doorbell, say, while this worker has room, so that a ring goes to one that has. */
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
        // What a message leads to is the route's to do.
    }

    /** No second try at once: the next poll comes soon enough. A poll that is cut off by the stop is no trouble. */
    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        if (reason.getAsBoolean()) {
            LOG.warn("{} could not be polled: {}", endpoint.getEndpointBaseUri(), cause.getMessage());
        }
        return false;
    }
}
