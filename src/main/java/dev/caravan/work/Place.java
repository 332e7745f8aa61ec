package dev.caravan.work;

import java.util.concurrent.atomic.AtomicBoolean;

/** A place on this worker, with a CPU slot while the job encodes. */
public final class Place implements AutoCloseable {
    private final WorkerCapacity workerCapacity;
    private final boolean alone;
    private final AtomicBoolean slot;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Place(WorkerCapacity workerCapacity, boolean slot, boolean alone) {
        this.workerCapacity = workerCapacity;
        this.slot = new AtomicBoolean(slot);
        this.alone = alone;
    }

    boolean alone() {
        return alone;
    }

    /** Frees the slot after the last encoding step, so that another job may encode. */
    public void giveUpSlot() {
        if (slot.compareAndSet(true, false)) {
            workerCapacity.slotFree();
        }
    }

    @Override
    public void close() {
        giveUpSlot();
        if (open.compareAndSet(true, false)) {
            workerCapacity.placeFree(this);
        }
    }
}
