package dev.caravan.job;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the doorbell be polled only while this worker has room, so that a ring goes to one that has. */
public final class RoomToWork implements PollingConsumerPollStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(RoomToWork.class);

    private final Worker worker;

    public RoomToWork(Worker worker) {
        this.worker = worker;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return worker.hasRoom();
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        // Nothing to do: a look claims by itself.
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        LOG.warn("the doorbell could not be heard: {}", cause.getMessage());
        return false;
    }
}
