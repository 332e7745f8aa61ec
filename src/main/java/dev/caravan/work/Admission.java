package dev.caravan.work;

import dev.caravan.job.Priority;
import java.util.Optional;

/** Decides which jobs may be claimed, apart from this worker's capacity: implemented by pauses and rate limits. */
public interface Admission {
    /** No pause, no limit. */
    Admission ALWAYS = (pipeline, priority) -> true;

    /** Whether jobs of this kind may be claimed now. It must be cheap: each look asks it for each kind. */
    boolean open(String pipeline, Priority priority);

    /**
     * Takes a permission for one job that is about to be claimed.
     *
     * @return which gives the permission back when the claim did not succeed; empty when no job of this kind may start now
     */
    default Optional<Leave> enter(String pipeline, Priority priority) {
        return Optional.of(() -> {});
    }

    /** A permission for one job. */
    interface Leave {
        void giveBack();
    }
}
