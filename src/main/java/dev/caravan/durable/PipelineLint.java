package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.StepDefinition;
import org.apache.camel.model.ToDefinition;

/** Refuses, at start, pipelines that could not keep their promises: one sentence, with file and line. */
final class PipelineLint {
    /** What leaves the exchange's thread, repeats a part of a step or ends the route would run outside retry and checkpoint. */
    static final Set<String> FORBIDDEN_IN_STEPS = Set.of(
            "split",
            "loop",
            "multicast",
            "recipientList",
            "wireTap",
            "threads",
            "stop",
            "aggregate",
            "resequence",
            "delay",
            "throttle",
            "saga",
            "transacted",
            "onCompletion",
            "onFallback",
            "rollback");

    static final List<String> FORBIDDEN_ENDPOINTS = List.of("seda:", "disruptor:", "vm:");

    private final CamelContext context;
    private final BiFunction<String, String, List<String>> kameletCheck;

    /** @param kameletCheck what else a Kamelet may not contain: file name and text in, problems out */
    PipelineLint(CamelContext context, BiFunction<String, String, List<String>> kameletCheck) {
        this.context = context;
        this.kameletCheck = kameletCheck;
    }

    /** A pipeline that cannot run as it is written. */
    static final class Refused extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final transient Mistake mistake;

        Refused(RouteDefinition route, String why) {
            this(route, YamlSetting.NOTHING, why);
        }

        /** @param setting which is wrong */
        Refused(RouteDefinition route, YamlSetting setting, String why) {
            super("%s, pipeline %s: %s".formatted(where(route, setting), route.getRouteId(), why));
            mistake = new Mistake(
                    file(route),
                    setting.there() ? setting.line() : Math.max(1, line(route)),
                    Math.max(1, setting.column()),
                    why);
        }

        Mistake mistake() {
            return mistake;
        }

        private static String where(RouteDefinition route, YamlSetting setting) {
            return setting.there() ? where(route).replaceFirst(":\\d+$", "") + ":" + setting.line() : where(route);
        }

        private static String where(RouteDefinition route) {
            String file = file(route);
            return line(route) > 0 ? file + ":" + line(route) : file;
        }

        private static int line(RouteDefinition route) {
            return route.getInput() == null ? -1 : route.getInput().getLineNumber();
        }
    }

    /** The file of a route, as people name it. */
    static String file(RouteDefinition route) {
        return route.getResource() == null
                ? "routes"
                : SourceName.of(route.getResource().getLocation());
    }

    /** The pipeline that {@code route} is. */
    Pipeline check(RouteDefinition route) {
        if (route.getOutputs().isEmpty()) {
            throw new Refused(route, "it has no step");
        }
        route.getOutputs().forEach(output -> checkStep(route, output));
        List<String> steps =
                route.getOutputs().stream().map(ProcessorDefinition::getId).toList();
        if (steps.stream().distinct().count() != steps.size()) {
            throw new Refused(route, "two steps have the same id: " + steps);
        }
        YamlSetting yamlSetting = YamlSetting.of(context, route);
        PipelineConfig settings = new PipelineConfigReader(route, steps, yamlSetting, defaults()).read();
        return new Pipeline(
                route.getRouteId(),
                route.getDescriptionText(),
                steps,
                calls(route),
                settings,
                new Parameters(route.getRouteId(), targets(route, yamlSetting.get("parameters"))));
    }

    private RetryPolicy defaults() {
        DurableRedeliveryPolicy policy = context.getRegistry().findSingleByType(DurableRedeliveryPolicy.class);
        return policy == null ? RetryPolicy.DEFAULT : policy.defaults();
    }

    private Map<String, KameletCall> calls(RouteDefinition route) {
        Map<String, KameletCall> calls = new LinkedHashMap<>();
        for (ProcessorDefinition<?> step : route.getOutputs()) {
            String uri = context.resolvePropertyPlaceholders(uri(step));
            KameletText kamelet = KameletText.of(context, KameletText.nameOf(uri));
            Map<String, String> parameters = KameletCall.parameters(uri);
            calls.put(
                    step.getId(),
                    new KameletCall(
                            KameletText.nameOf(uri), parameters, kamelet.providers(parameters), kamelet.runsFfmpeg()));
        }
        return calls;
    }

    private static String uri(ProcessorDefinition<?> step) {
        return ((ToDefinition) step.getOutputs().get(0)).getUri();
    }

    private Map<String, Parameters.Target> targets(RouteDefinition route, YamlSetting parameters) {
        Map<String, Parameters.Target> targets = new LinkedHashMap<>();
        parameters.group().forEach((name, where) -> targets.put(name, target(route, name, where)));
        return targets;
    }

    private Parameters.Target target(RouteDefinition route, String name, YamlSetting setting) {
        String where = String.valueOf(setting.text());
        String step = where.replaceFirst("\\..*", "");
        String property = where.substring(Math.min(where.length(), step.length() + 1));
        String uri = route.getOutputs().stream()
                .filter(output -> output.getId().equals(step))
                .findFirst()
                .map(PipelineLint::uri)
                .orElseThrow(() -> new Refused(
                        route,
                        setting,
                        "the parameter %s is %s, but there is no step %s".formatted(name, where, step)));
        String kamelet = KameletText.nameOf(uri);
        JsonNode definition = new ParameterDefinition(KameletText.of(context, kamelet), KameletCall.parameters(uri))
                .of(property)
                .orElseThrow(() -> new Refused(
                        route,
                        setting,
                        "the parameter %s is %s, but %s"
                                .formatted(name, where, ParameterDefinition.missing(kamelet, property))));
        // Jobs come from clients: what may be anything may be a command, an address or a path.
        if (!property.contains(".") && !new AllowedValues(definition).bounded()) {
            throw new Refused(
                    route,
                    setting,
                    "the parameter %s is %s, which may be any text. Only a property with an enum, a pattern, or a minimum and a maximum can be a parameter; or declare a value: values.%s"
                            .formatted(name, where, name));
        }
        return new Parameters.Target(step, property, definition);
    }

    private void checkStep(RouteDefinition route, ProcessorDefinition<?> output) {
        if (!(output instanceof StepDefinition step)) {
            throw new Refused(
                    route,
                    "only steps may stand in a pipeline, but here is %s. Put it into a Kamelet and call it from a step"
                            .formatted(output.getShortName()));
        }
        if (!step.getId().matches("[a-z][a-z0-9-]{0,63}")) {
            throw new Refused(
                    route, "step %s needs an id of lower-case letters, digits and dashes".formatted(step.getId()));
        }
        boolean oneKamelet = step.getOutputs().size() == 1
                && step.getOutputs().get(0) instanceof ToDefinition to
                && to.getUri().startsWith("kamelet:");
        if (!oneKamelet) {
            throw new Refused(route, "step %s must have exactly one child, a Kamelet".formatted(step.getId()));
        }
        String kamelet = KameletText.nameOf(uri(step));
        KameletText.of(context, kamelet).problems(kameletCheck).findFirst().ifPresent(problem -> {
            throw new Refused(route, "step %s: %s".formatted(step.getId(), problem));
        });
        KameletText.of(context, kamelet).forbidden().ifPresent(what -> {
            throw new Refused(
                    route,
                    "step %s: Kamelet %s uses %s, which would run outside the step's retry and checkpoint"
                            .formatted(step.getId(), kamelet, what));
        });
    }
}
