package dev.caravan.work;

import java.util.Optional;

/**
 * Counts what this worker can run at the same time: a number of jobs, a number of them encoding, or one job that must be
 * alone because its workers died under it.
 */
final class WorkerCapacity {
    private final int concurrency;
    private final int slots;
    private final Runnable onFree;
    private int taken;
    private int slotsTaken;
    private boolean alone;

    /** @param onFree called, outside any lock, whenever a place or a slot becomes free */
    WorkerCapacity(int concurrency, int slots, Runnable onFree) {
        this.concurrency = concurrency;
        this.slots = slots;
        this.onFree = onFree;
    }

    /** Whether any job could be taken now. */
    synchronized boolean free() {
        return !alone && taken < concurrency;
    }

    /** The number of further jobs that could be taken. */
    synchronized int room() {
        return alone ? 0 : concurrency - taken;
    }

    synchronized boolean slotFreeNow() {
        return slotsTaken < slots;
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int slotsTaken() {
        return slotsTaken;
    }

    synchronized Optional<Place> take(boolean encodes, boolean mustBeAlone) {
        if (!free() || (encodes && slotsTaken >= slots) || (mustBeAlone && taken > 0)) {
            return Optional.empty();
        }
        taken++;
        slotsTaken += encodes ? 1 : 0;
        alone = mustBeAlone;
        return Optional.of(new Place(this, encodes, mustBeAlone));
    }

    void slotFree() {
        synchronized (this) {
            slotsTaken--;
        }
        onFree.run();
    }

    void placeFree(Place place) {
        synchronized (this) {
            taken--;
            if (place.alone()) {
                alone = false;
            }
        }
        onFree.run();
    }
}
