package dev.caravan.work;

import dev.caravan.job.Doorbell;
import java.util.function.BooleanSupplier;

/**
 * Answers the bell; the bean {@code porter} of the route doorbell. A poll that was under way when this worker had no more room,
 * was drained or was told to stop takes a ring that was meant for another one: it is passed on.
 */
public final class DoorbellListener {
    private final Worker worker;
    private final BooleanSupplier taking;
    private final Doorbell doorbell;

    /** @param taking whether this worker has the leave to take new jobs */
    public DoorbellListener(Worker worker, BooleanSupplier taking, Doorbell doorbell) {
        this.worker = worker;
        this.taking = taking;
        this.doorbell = doorbell;
    }

    /** Whether a ring is worth hearing. */
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
