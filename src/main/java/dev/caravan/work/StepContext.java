package dev.caravan.work;

import dev.caravan.job.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;

/** What a step may know of the job it runs in, and what it may tell it. */
public interface StepContext {
    /** Exchange property under which the context travels. It is never recorded. */
    String PROPERTY = "caravan.step";

    String jobId();

    String assetId();

    String owner();

    /** Id of the running step, as written in the pipeline. */
    String step();

    /** What the job sets for this step: names of its Kamelet's properties, and values that fit them. */
    default Map<String, Object> parameters() {
        return Map.of();
    }

    /** Grows with each claim of the job; part of the names of outputs. */
    long fence();

    /** Which run of this step this is, from 1. */
    int attempt();

    /** The job's scratch folder on this machine; it exists, and it may be gone after a restart. */
    Path workspace();

    /** Reports the part of this step that is done, 0 to 1, which is also a sign of life. Cheap: call it often. */
    void progress(double fraction);

    /**
     * The same, and how fast it gets on.
     *
     * @param pace null where that is not known
     */
    default void progress(double fraction, Pace pace) {
        progress(fraction);
    }

    /** Bounds what begins now: after this long the lease is not renewed any more. */
    void timeLimit(Duration limit);

    /** What was bounded has ended, well or not. */
    default void timeLimitOver() {}

    /**
     * Runs {@code kill} once, at once if the job was already aborted, when the job is cancelled, fenced off or given back.
     * Close the registration when the child has ended.
     */
    Registration onAbort(Runnable kill);

    /** True once the job was cancelled, fenced off or given back: end soon, and leave nothing half-done. */
    boolean aborted();

    /** Records something that the owner should know about a result that is nevertheless good enough. */
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
