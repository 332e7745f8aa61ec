package dev.caravan.durable;

import dev.caravan.failure.Refusal;
import dev.caravan.job.Job;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Plan;
import dev.caravan.job.Priority;
import dev.caravan.job.ProgressScale;
import dev.caravan.job.Rate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** The pipelines of this Caravan: all routes that run under the route configuration {@code durable}. */
public final class Catalog implements Pipelines {
    public static final String ROUTE_CONFIGURATION = "durable";

    private Map<String, Pipeline> pipelines = Map.of();
    private Map<String, Planner> planners = Map.of();

    /**
     * Reads the pipelines and refuses what would break durability.
     *
     * @param kameletCheck what else a Kamelet may not contain: file name and text in, problems out
     * @throws PipelineLint.Refused naming file, route and reason
     */
    public void read(CamelContext context, BiFunction<String, String, List<String>> kameletCheck) {
        Map<String, Pipeline> found = new TreeMap<>();
        Map<String, Planner> planning = new TreeMap<>();
        PipelineLint lint = new PipelineLint(context, kameletCheck);
        for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
            if (ROUTE_CONFIGURATION.equals(route.getRouteConfigurationId())) {
                Pipeline pipeline = lint.check(route);
                found.put(pipeline.name(), pipeline);
                planning.put(pipeline.name(), new Planner(context, route));
            }
        }
        pipelines = found;
        planners = planning;
    }

    @Override
    public Set<String> names() {
        return pipelines.keySet();
    }

    /** The steps of each pipeline, in order. */
    Map<String, List<String>> steps() {
        return pipelines.values().stream().collect(Collectors.toMap(Pipeline::name, Pipeline::steps));
    }

    @Override
    public boolean encodes(String pipeline) {
        return get(pipeline).encodes();
    }

    @Override
    public ProgressScale scale(String pipeline) {
        return get(pipeline);
    }

    @Override
    public Priority priority(String pipeline) {
        return get(pipeline).settings().priority();
    }

    @Override
    public void check(String pipeline, Map<String, Object> parameters, String startFrom) {
        Pipeline known = pipelines.get(pipeline);
        if (known == null) {
            throw new Refusal(
                    "UNKNOWN_PIPELINE",
                    "There is no pipeline " + pipeline,
                    "Use one of " + String.join(", ", pipelines.keySet()) + ".");
        }
        known.parameters().check(parameters);
        if (startFrom != null && !known.steps().contains(startFrom)) {
            throw new Refusal(
                    "UNKNOWN_STEP",
                    "The pipeline %s has no step %s".formatted(pipeline, startFrom),
                    "Use one of " + String.join(", ", known.steps()) + ", or leave start_from away.");
        }
    }

    @Override
    public Map<String, Object> parameters(String pipeline, String step, Map<String, Object> given) {
        return get(pipeline).parameters().of(step, given);
    }

    @Override
    public List<String> before(String pipeline, String step) {
        List<String> steps = get(pipeline).steps();
        return steps.subList(0, steps.indexOf(step));
    }

    @Override
    public int maxRetries(String pipeline) {
        // A process that accepts jobs need not have the pipelines of those that run them.
        return find(pipeline).map(Pipeline::maxRetries).orElseGet(() -> Pipelines.super.maxRetries(pipeline));
    }

    @Override
    public Optional<Rate> rate(String pipeline) {
        return Optional.ofNullable(get(pipeline).settings().rate());
    }

    /** The providers whose limits some step asks for leave. */
    public Set<String> providers() {
        return pipelines.values().stream()
                .flatMap(pipeline -> pipeline.calls().values().stream())
                .flatMap(call -> call.providers().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    RetryPolicy policy(String pipeline, String step) {
        return get(pipeline).settings().policies().get(step);
    }

    Optional<Pipeline> find(String name) {
        return Optional.ofNullable(pipelines.get(name));
    }

    @Override
    public Plan plan(Job job, Map<String, Object> parameters, String from) {
        boolean named = !Plan.FAILED.equals(from) && !Plan.START.equals(from);
        check(job.pipeline(), parameters, named ? from : null);
        return planners.get(job.pipeline()).plan(job, step -> parameters(job.pipeline(), step, parameters), from);
    }

    boolean isLast(String pipeline, String step) {
        return get(pipeline).isLast(step);
    }

    boolean isLastEncoding(String pipeline, String step) {
        return get(pipeline).isLastEncoding(step);
    }

    String next(String pipeline, String step) {
        return get(pipeline).next(step);
    }

    private Pipeline get(String name) {
        Pipeline pipeline = pipelines.get(name);
        if (pipeline == null) {
            throw new IllegalArgumentException(
                    "There is no pipeline %s; there are %s".formatted(name, pipelines.keySet()));
        }
        return pipeline;
    }
}
