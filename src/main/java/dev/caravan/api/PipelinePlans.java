package dev.caravan.api;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Header;
import org.apache.camel.spi.Registry;

/** Shows plans of pipelines to the routes under {@code /api/v1/pipelines}. */
public final class PipelinePlans {
    private final Supplier<Set<String>> names;
    private final Function<String, Optional<?>> plans;
    private final Supplier<List<?>> mistakes;

    private PipelinePlans(
            Supplier<Set<String>> names, Function<String, Optional<?>> plans, Supplier<List<?>> mistakes) {
        this.names = names;
        this.plans = plans;
        this.mistakes = mistakes;
    }

    /**
     * Binds the bean for the routes.
     *
     * @param names of the pipelines
     * @param plans of one pipeline, to be written as JSON
     * @param mistakes in the integrators' files, to be written as JSON
     */
    public static void bind(
            Registry registry,
            Supplier<Set<String>> names,
            Function<String, Optional<?>> plans,
            Supplier<List<?>> mistakes) {
        registry.bind("pipelinePlans", new PipelinePlans(names, plans, mistakes));
    }

    /** Returns all pipelines, by name, and the mistakes in files that are not loaded. */
    public Map<String, List<?>> list() {
        return Map.of(
                "items",
                names.get().stream().flatMap(name -> plans.apply(name).stream()).toList(),
                "mistakes",
                mistakes.get());
    }

    /** @throws ProblemException {@code UNKNOWN_PLAN} */
    public Object show(@Header("pipeline") String name) {
        return plans.apply(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNKNOWN_PLAN,
                        "There is no pipeline " + name,
                        "GET /api/v1/pipelines lists those that there are."));
    }
}
