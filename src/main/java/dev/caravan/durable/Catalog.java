package dev.caravan.durable;

import dev.caravan.failure.Refusal;
import dev.caravan.job.Job;
import dev.caravan.job.PipelineVersion;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.job.Rate;
import dev.caravan.job.ResumePlan;
import dev.caravan.settings.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * The pipelines of this Caravan: all routes that run under the route configuration {@code durable}. A job that begins takes
 * the newest version of its pipeline; older ones stay as long as jobs run with them.
 */
public final class Catalog implements Pipelines {
    public static final String ROUTE_CONFIGURATION = "durable";

    /** Of each pipeline the version that jobs take now. */
    private volatile Map<String, LoadedPipeline> current = Map.of();

    private final Map<String, LoadedPipeline> byRoute = new ConcurrentHashMap<>();

    /**
     * Reads the pipelines and refuses what would break durability.
     *
     * @param kameletCheck what else a Kamelet may not contain: file name and text in, problems out
     * @throws PipelineLint.Refused naming file, route and reason
     */
    public void read(CamelContext context, BiFunction<String, String, List<String>> kameletCheck) {
        Map<String, LoadedPipeline> found = new TreeMap<>();
        PipelineLint lint = new PipelineLint(context, kameletCheck);
        for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
            if (ROUTE_CONFIGURATION.equals(route.getRouteConfigurationId())) {
                Pipeline pipeline = lint.check(route);
                found.put(
                        pipeline.name(),
                        new LoadedPipeline(
                                pipeline,
                                new ResumePlanner(context, route),
                                pipeline.name(),
                                shipped(context, route, pipeline)));
            }
        }
        change(found);
    }

    private static PipelineOrigin shipped(CamelContext context, RouteDefinition route, Pipeline pipeline) {
        return new PipelineOrigin(
                true,
                PipelineLint.file(route),
                () -> (route.getResource() == null ? "" : ShippedFlows.text(route.getResource()))
                        + pipeline.kamelets(context));
    }

    /** From now on jobs begin with these; versions that are not among them stay until {@link #forget}. */
    void change(Map<String, LoadedPipeline> versions) {
        versions.values().forEach(version -> byRoute.put(version.route(), version));
        current = new TreeMap<>(versions);
    }

    /** The versions that no job takes any more, but that jobs may still run with. */
    List<LoadedPipeline> outdated() {
        Collection<LoadedPipeline> taken = current.values();
        return byRoute.values().stream()
                .filter(version -> !taken.contains(version))
                .toList();
    }

    void forget(LoadedPipeline version) {
        byRoute.remove(version.route(), version);
    }

    boolean isLoaded(String route) {
        return byRoute.containsKey(route);
    }

    /** @throws IllegalStateException where no such version is loaded any more */
    LoadedPipeline loaded(String route) {
        LoadedPipeline version = byRoute.get(route);
        if (version == null) {
            throw new IllegalStateException(
                    "The version %s of a pipeline is not loaded any more; the job runs again with the newest"
                            .formatted(route));
        }
        return version;
    }

    /** The versions that jobs take now, by the names of their pipelines. */
    Map<String, LoadedPipeline> current() {
        return current;
    }

    @Override
    public Set<String> names() {
        return current.keySet();
    }

    /** The steps of each pipeline, in order. */
    Map<String, List<String>> steps() {
        return current.values().stream().collect(Collectors.toMap(LoadedPipeline::name, version -> version.pipeline()
                .steps()));
    }

    @Override
    public boolean encodes(String pipeline) {
        return get(pipeline).encodes();
    }

    @Override
    public PipelineVersion version(String pipeline) {
        return getVersion(pipeline);
    }

    @Override
    public Priority priority(String pipeline) {
        return get(pipeline).settings().priority();
    }

    @Override
    public void check(String pipeline, Map<String, Object> parameters, String startFrom) {
        checked(pipeline, parameters, startFrom);
    }

    private LoadedPipeline checked(String pipeline, Map<String, Object> parameters, String startFrom) {
        Map<String, LoadedPipeline> now = current;
        LoadedPipeline version = now.get(pipeline);
        if (version == null) {
            throw new Refusal(
                    "UNKNOWN_PIPELINE",
                    "There is no pipeline " + pipeline + Nearest.hint(pipeline, now.keySet()),
                    "Use one of " + String.join(", ", now.keySet()) + ".");
        }
        Pipeline known = version.pipeline();
        known.parameters().check(parameters);
        if (startFrom != null && !known.steps().contains(startFrom)) {
            throw new Refusal(
                    "UNKNOWN_STEP",
                    "The pipeline %s has no step %s".formatted(pipeline, startFrom),
                    "Use one of " + String.join(", ", known.steps()) + ", or leave start_from away.");
        }
        return version;
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
        return current.values().stream()
                .flatMap(version -> version.pipeline().calls().values().stream())
                .flatMap(call -> call.providers().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Optional<Pipeline> find(String name) {
        return Optional.ofNullable(current.get(name)).map(LoadedPipeline::pipeline);
    }

    @Override
    public ResumePlan plan(Job job, Map<String, Object> parameters, String from) {
        boolean named = !ResumePlan.FAILED.equals(from) && !ResumePlan.START.equals(from);
        LoadedPipeline version = checked(job.pipeline(), parameters, named ? from : null);
        return version.planner().plan(job, step -> version.parameters(step, parameters), from);
    }

    private Pipeline get(String name) {
        return getVersion(name).pipeline();
    }

    private LoadedPipeline getVersion(String name) {
        LoadedPipeline version = current.get(name);
        if (version == null) {
            throw new IllegalArgumentException(
                    "There is no pipeline %s; there are %s".formatted(name, current.keySet()));
        }
        return version;
    }
}
