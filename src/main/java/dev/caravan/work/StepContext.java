package dev.caravan.work;

import dev.caravan.job.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;

/** Gives a step what it may know of its job, and takes the step's reports. */
public interface StepContext {
    /** Exchange property that holds the context. It is never recorded. */
    String PROPERTY = "caravan.step";

    String jobId();

    String assetId();

    String owner();

    /** Id of the running step, as written in the pipeline. */
    String step();

    /** The job's values for this step: names of its Kamelet's properties, and values that fit them. */
    default Map<String, Object> parameters() {
        return Map.of();
    }

    /** Grows with each claim of the job; part of the names of outputs. */
    long fence();

    /** The number of this run of the step, from 1. */
    int attempt();

    /** The job's workspace on this machine; it exists, and it may be gone after a restart. */
    Path workspace();

    /** Reports the part of this step that is done, 0 to 1, which is also a sign of life. It is cheap: call it often. */
    void progress(double fraction);

    /**
     * Reports progress together with the speed of the step.
     *
     * @param pace null where it is not known
     */
    default void progress(double fraction, Pace pace) {
        progress(fraction);
    }

    /** Limits the operation that begins now: after this time the lease is not renewed any more. */
    void timeLimit(Duration limit);

    /** Ends the time limit, because the operation has ended, successfully or not. */
    default void timeLimitOver() {}

    /**
     * Runs {@code kill} once when the job is cancelled, fenced off or given back, or immediately if that has already
     * happened. Close the registration when the child process has ended.
     */
    Registration onAbort(Runnable kill);

    /** True once the job was cancelled, fenced off or given back: end soon, and leave nothing unfinished. */
    boolean aborted();

    /** Records a warning to the owner about a result that is nevertheless good enough. */
    void warn(String code, String message);

    static StepContext of(Exchange exchange) {
        StepContext context = exchange.getProperty(PROPERTY, StepContext.class);
        if (context == null) {
            throw new IllegalStateException("This works only in a step of a running job");
        }
        return context;
    }

    /** Ends an {@link #onAbort} registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
