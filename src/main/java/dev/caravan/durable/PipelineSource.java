package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.settings.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A pipeline as it stands in its file: its names, its steps in their order, and what each of them needs of those before. */
final class PipelineSource {
    private final String file;
    private final YamlNode route;
    private final CallLint calls;
    private final RouteLint.Report report;
    private final Map<String, Integer> steps = new LinkedHashMap<>();
    private final Set<String> variables = new TreeSet<>();
    /** Whether some step may leave variables that its Kamelet does not name. */
    private boolean moreVariables;

    PipelineSource(String file, YamlNode route, CallLint calls, RouteLint.Report report) {
        this.file = file;
        this.route = route;
        this.calls = calls;
        this.report = report;
    }

    void check(boolean durable) {
        String id = route.text("id");
        if (!durable) {
            report.add(
                    file,
                    route,
                    "the route %s is no pipeline, because it has no routeConfigurationId: durable. Add it below its id"
                            .formatted(id));
        }
        route.get("from", "uri")
                .filter(uri -> !uri.text().equals("direct:" + id))
                .ifPresent(uri -> report.add(
                        file,
                        uri.own(),
                        "the pipeline %s listens on %s, where no job comes; it must be direct:%s"
                                .formatted(id, uri.text(), id)));
        route.get("from", "steps").ifPresent(all -> all.items().forEach(this::step));
    }

    private void step(YamlNode item) {
        item.get("step").ifPresent(step -> {
            String id = step.text("id");
            if (id.isEmpty()) {
                report.add(file, item, "a step has no id. Give it one, such as id: convert");
            } else if (steps.putIfAbsent(id, item.line()) != null) {
                report.add(
                        file,
                        step.get("id").map(YamlNode::own).orElse(item),
                        "the step id %s is taken by the step in line %d".formatted(id, steps.get(id)));
            }
            step.get("steps").ifPresent(children -> children.items().forEach(child -> child(id, child)));
        });
    }

    private void child(String step, YamlNode child) {
        child.get("to").filter(to -> to.text("uri").startsWith("kamelet:")).ifPresent(to -> {
            String before = step.isEmpty() ? "" : "step " + step + ": ";
            calls.check(file, to, before).ifPresent(kamelet -> {
                variablesOf(to, before, kamelet);
                variables.addAll(kamelet.variables(texts(to)));
                moreVariables |= !kamelet.namesItsVariables();
            });
        });
    }

    private static Map<String, String> texts(YamlNode to) {
        Map<String, String> texts = new LinkedHashMap<>();
        CallLint.given(to).forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    /** A property whose {@code format} is {@code variable} names one that an earlier step leaves. */
    private void variablesOf(YamlNode to, String before, KameletText kamelet) {
        Map<String, JsonNode> properties = kamelet.properties();
        CallLint.given(to).forEach((name, value) -> {
            boolean names = properties.containsKey(name)
                    && properties.get(name).path("format").asText().equals("variable");
            if (names && !moreVariables && !variables.contains(value.text())) {
                report.add(
                        file,
                        value.own(),
                        "%s%s is %s, but no step before it leaves such a variable%s; there are %s"
                                .formatted(
                                        before,
                                        name,
                                        value.text(),
                                        Nearest.hint(value.text(), variables),
                                        variables.isEmpty() ? "none" : String.join(", ", variables)));
            }
        });
    }
}
