package dev.caravan.job;

import dev.caravan.failure.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives the worker what it must know of pipelines; the package of the routes implements it. */
public interface Pipelines {
    Set<String> names();

    /** Whether a job of this pipeline needs a CPU slot when it is claimed. */
    boolean encodes(String pipeline);

    /** The priority of its jobs where the request names none. */
    Priority priority(String pipeline);

    /** The version on which a run that begins now runs to its end. */
    PipelineVersion version(String pipeline);

    /**
     * Checks that such a job can be made.
     *
     * @param startFrom id of a step, or null for the first
     * @throws Refusal saying what is wrong and what there is
     */
    void check(String pipeline, Map<String, Object> parameters, String startFrom);

    /** The steps before {@code step}, in their order. */
    List<String> before(String pipeline, String step);

    /** The maximum number of retries of one step, for the record of a job. */
    default int maxRetries(String pipeline) {
        return 2;
    }

    /** The limit on the starts of its jobs; empty for no limit. */
    default Optional<Rate> rate(String pipeline) {
        return Optional.empty();
    }

    /**
     * Plans what a retry of the job would do, by its pipeline as it is now.
     *
     * @param parameters of the job, present or new
     * @param from {@link ResumePlan#FAILED}, {@link ResumePlan#START} or the id of a step
     * @throws Refusal as {@link #check} does
     */
    ResumePlan plan(Job job, Map<String, Object> parameters, String from);
}
