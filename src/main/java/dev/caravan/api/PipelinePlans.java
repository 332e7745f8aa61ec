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

/** What the routes under {@code /api/v1/pipelines} call. */
public final class PipelinePlans {
    private final Supplier<Set<String>> names;
    private final Function<String, Optional<?>> plans;

    private PipelinePlans(Supplier<Set<String>> names, Function<String, Optional<?>> plans) {
        this.names = names;
        this.plans = plans;
    }

    /**
     * Names it for the routes.
     *
     * @param names of the pipelines
     * @param plans of one pipeline, what becomes JSON
     */
    public static void bind(Registry registry, Supplier<Set<String>> names, Function<String, Optional<?>> plans) {
        registry.bind("pipelinePlans", new PipelinePlans(names, plans));
    }

    /** All pipelines, by name. */
    public Map<String, List<?>> list() {
        return Map.of(
                "items",
                names.get().stream().flatMap(name -> plans.apply(name).stream()).toList());
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
