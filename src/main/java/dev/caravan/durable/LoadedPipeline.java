package dev.caravan.durable;

import dev.caravan.job.PipelineVersion;
import java.util.Map;

/**
 * A version of a pipeline that jobs can run.
 *
 * @param planner has the fingerprints of its steps
 * @param route id of the route that runs it: the pipeline's name, followed by {@code .hash} where its file, or a Kamelet of
 *     it, comes from a folder of integrators
 * @param origin where it comes from
 */
record LoadedPipeline(Pipeline pipeline, ResumePlanner planner, String route, PipelineOrigin origin)
        implements PipelineVersion {

    String name() {
        return pipeline.name();
    }

    @Override
    public double before(String step) {
        return pipeline.before(step);
    }

    @Override
    public double share(String step) {
        return pipeline.share(step);
    }

    @Override
    public Map<String, Object> parameters(String step, Map<String, Object> given) {
        return pipeline.parameters().of(step, given);
    }

    RetryPolicy policy(String step) {
        return pipeline.settings().policies().get(step);
    }
}
