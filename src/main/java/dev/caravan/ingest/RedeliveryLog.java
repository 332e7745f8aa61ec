package dev.caravan.ingest;

import dev.caravan.failure.ExceptionText;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs in one line that a message of the events queue could not be handled; the queue redelivers it. */
public final class RedeliveryLog implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RedeliveryLog.class);

    @Override
    public void handleException(Throwable exception) {
        handleException(null, null, exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        handleException(message, null, exception);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        LOG.warn(
                "a message of the events queue could not be handled, and comes again in a minute: {}",
                ExceptionText.of(exception));
        LOG.debug("{}", message, exception);
    }
}
