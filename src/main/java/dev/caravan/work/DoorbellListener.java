package dev.caravan.work;

import dev.caravan.job.Doorbell;
import java.util.function.BooleanSupplier;

/**
 * Answers doorbell messages; the bean {@code porter} of the route doorbell. A poll that began before this worker was full,
 * drained or stopping may receive a message that another worker could use: it is sent again.
 */
public final class DoorbellListener {
    private final Worker worker;
    private final BooleanSupplier taking;
    private final Doorbell doorbell;

    /** @param taking whether this worker may claim new jobs */
    public DoorbellListener(Worker worker, BooleanSupplier taking, Doorbell doorbell) {
        this.worker = worker;
        this.taking = taking;
        this.doorbell = doorbell;
    }

    /** Whether this worker should receive doorbell messages now. */
    public boolean listens() {
        return worker.hasRoom() && taking.getAsBoolean();
    }

    public void answer() {
        boolean passOn = !listens();
        worker.look();
        if (passOn) {
            doorbell.ring();
        }
    }
}
