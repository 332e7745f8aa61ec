package dev.caravan.job;

/** How the steps of a pipeline share the way from 0 to 1, by weight. */
public interface ProgressScale {
    /** The part of the way that is done when {@code step} begins. */
    double before(String step);

    /** The part of the way that {@code step} is. */
    double share(String step);
}
