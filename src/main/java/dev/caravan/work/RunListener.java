package dev.caravan.work;

/** Is told when a run on this worker begins, comes to another step or gets on. */
public interface RunListener {
    /** Called often, and from the threads that do the work: must not wait. */
    void moved(RunningJob run);
}
