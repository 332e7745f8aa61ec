package dev.caravan.work;

import java.util.concurrent.atomic.AtomicBoolean;

/** A job's place on this worker, with a CPU slot while it encodes. */
public final class Place implements AutoCloseable {
    private final Places places;
    private final boolean alone;
    private final AtomicBoolean slot;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Place(Places places, boolean slot, boolean alone) {
        this.places = places;
        this.slot = new AtomicBoolean(slot);
        this.alone = alone;
    }

    boolean alone() {
        return alone;
    }

    /** The last encoding step is done: another job may encode. */
    public void giveUpSlot() {
        if (slot.compareAndSet(true, false)) {
            places.slotFree();
        }
    }

    @Override
    public void close() {
        giveUpSlot();
        if (open.compareAndSet(true, false)) {
            places.placeFree(this);
        }
    }
}
