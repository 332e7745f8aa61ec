package dev.caravan.upload;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** At the end of a request, however it ends: nothing lies around that no record names. */
final class Afterwards extends SynchronizationAdapter {
    private final Received received;
    private final Stored stored;

    Afterwards(Received received, Stored stored) {
        this.received = received;
        this.stored = stored;
    }

    @Override
    public void onDone(Exchange exchange) {
        received.close();
        stored.removeUnlessAccepted();
    }
}
