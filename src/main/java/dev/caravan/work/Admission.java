package dev.caravan.work;

import dev.caravan.job.Priority;
import java.util.Optional;

/** What may be claimed besides what fits on this worker: pauses and rate limits stand behind it. */
public interface Admission {
    /** No pause, no limit. */
    Admission ALWAYS = (pipeline, priority) -> true;

    /** Whether jobs of this kind may be claimed now. Cheap: it is asked for each kind at every look. */
    boolean open(String pipeline, Priority priority);

    /**
     * Takes leave for one job about to be claimed.
     *
     * @return what gives the leave back when the claim did not succeed; empty when no job of this kind may start now
     */
    default Optional<Leave> enter(String pipeline, Priority priority) {
        return Optional.of(() -> {});
    }

    /** Leave for one job. */
    interface Leave {
        void giveBack();
    }
}
