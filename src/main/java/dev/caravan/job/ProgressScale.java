package dev.caravan.job;

/** Divides the progress of a pipeline, from 0 to 1, among its steps by weight. */
public interface ProgressScale {
    /** The progress of the job when {@code step} begins. */
    double before(String step);

    /** The part of the progress that {@code step} contributes. */
    double share(String step);
}
