package dev.caravan.job;

import dev.caravan.failure.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the worker must know of pipelines; the routes' side implements it. */
public interface Pipelines {
    Set<String> names();

    /** Whether a job of this pipeline needs a CPU slot when it is claimed. */
    boolean encodes(String pipeline);

    /** The priority of its jobs where nobody asks for another one. */
    Priority priority(String pipeline);

    /** The version with which a run that begins now runs to its end. */
    PipelineVersion version(String pipeline);

    /**
     * Whether a job could be made so.
     *
     * @param startFrom id of a step, or null for the first
     * @throws Refusal saying what is wrong and what there is
     */
    void check(String pipeline, Map<String, Object> parameters, String startFrom);

    /** The steps before {@code step}, in their order. */
    List<String> before(String pipeline, String step);

    /** How often a step of its jobs may be run again at most, for the record of a job. */
    default int maxRetries(String pipeline) {
        return 2;
    }

    /** How many of its jobs may start; empty for any number. */
    default Optional<Rate> rate(String pipeline) {
        return Optional.empty();
    }

    /**
     * What going on with the job would do, by its pipeline as it is now.
     *
     * @param parameters of the job, as they are or as they shall be
     * @param from {@link ResumePlan#FAILED}, {@link ResumePlan#START} or the id of a step
     * @throws Refusal as {@link #check} does
     */
    ResumePlan plan(Job job, Map<String, Object> parameters, String from);
}
