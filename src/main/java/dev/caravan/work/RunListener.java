package dev.caravan.work;

/** Receives a call when a run on this worker begins, reaches another step or makes progress. */
public interface RunListener {
    /** Called often, and from the threads that run the steps: it must not wait. */
    void moved(RunningJob run);
}
