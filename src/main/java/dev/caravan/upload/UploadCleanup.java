package dev.caravan.upload;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Removes what no record names at the end of a request, however it ends. */
final class UploadCleanup extends SynchronizationAdapter {
    private final ReceivedUpload receivedUpload;
    private final StoredUpload storedUpload;

    UploadCleanup(ReceivedUpload receivedUpload, StoredUpload storedUpload) {
        this.receivedUpload = receivedUpload;
        this.storedUpload = storedUpload;
    }

    @Override
    public void onDone(Exchange exchange) {
        receivedUpload.close();
        storedUpload.removeUnlessAccepted();
    }
}
