package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.settings.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A pipeline as it stands in its file: its names, its steps in their order, and what each of them needs of those before. */
final class PipelineSource {
    private static final Set<String> WORDS = Set.of("id", "steps", "description", "note", "disabled");

    private final String file;
    private final YamlNode route;
    private final KameletCallLint calls;
    private final RouteLint.Report report;
    private final Map<String, Integer> steps = new LinkedHashMap<>();
    private final Set<String> variables = new TreeSet<>();
    /** Types of derivatives that the steps so far make. */
    private final Set<String> types = new TreeSet<>();
    /** Whether some step may leave variables that its Kamelet does not name. */
    private boolean moreVariables;

    PipelineSource(String file, YamlNode route, KameletCallLint calls, RouteLint.Report report) {
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
        if (route.get("from").isPresent()
                && route.get("from", "steps").map(all -> all.items().isEmpty()).orElse(true)) {
            report.add(file, route, "the pipeline %s has no step. Add one below from: steps:".formatted(id));
        }
        route.get("from", "steps").ifPresent(all -> all.items().forEach(this::step));
    }

    private void step(YamlNode item) {
        if (item.get("step").isEmpty()) {
            report.add(
                    file,
                    item,
                    "only steps can stand in a pipeline, but here is %s%s. Put it into a Kamelet and call that from a step"
                            .formatted(
                                    String.join(", ", item.entries().keySet()),
                                    item.entries().keySet().stream()
                                            .map(name -> Nearest.hint(name, Set.of("step")))
                                            .collect(Collectors.joining())));
        }
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
            step.get("id")
                    .filter(name -> !name.text().matches("([a-z][a-z0-9-]{0,63})?"))
                    .ifPresent(name -> report.add(
                            file,
                            name.own(),
                            "the step id %s needs lower-case letters, digits and dashes".formatted(id)));
            List<YamlNode> children = step.get("steps").map(YamlNode::items).orElse(List.of());
            // A misspelt word is said by its own name.
            if (children.size() != 1 && WORDS.containsAll(step.entries().keySet())) {
                report.add(
                        file,
                        step,
                        "step %s has %d children; it takes exactly one, a call of a Kamelet"
                                .formatted(id, children.size()));
            }
            children.forEach(child -> child(id, child));
        });
    }

    private void child(String step, YamlNode child) {
        if (!child.text("to", "uri").startsWith("kamelet:")) {
            report.add(
                    file,
                    child,
                    "step %s calls no Kamelet. Write - to:, below it uri: kamelet:NAME, and parameters: beside uri"
                            .formatted(step));
        }
        child.get("to").filter(to -> to.text("uri").startsWith("kamelet:")).ifPresent(to -> {
            String before = step.isEmpty() ? "" : "step " + step + ": ";
            Optional<KameletText> called = calls.check(file, to, before);
            moreVariables |= called.isEmpty();
            called.ifPresent(kamelet -> {
                variablesOf(to, before, kamelet);
                typeOnce(to, before);
                variables.addAll(kamelet.variables(texts(to)));
                moreVariables |= !kamelet.namesItsVariables();
            });
        });
    }

    /** Two files of one type would each take the place of the other, and the later one need not be the one that is meant. */
    private void typeOnce(YamlNode to, String before) {
        YamlNode type = KameletCallLint.given(to).get("type");
        if (type != null && !type.text().isEmpty() && !types.add(type.text())) {
            report.add(
                    file,
                    type.own(),
                    "%san earlier step makes a file of the type %s already. Leave the type out here: describedBy publishes that file"
                            .formatted(before, type.text()));
        }
    }

    private static Map<String, String> texts(YamlNode to) {
        Map<String, String> texts = new LinkedHashMap<>();
        KameletCallLint.given(to).forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    /** A property whose {@code format} is {@code variable} names one that an earlier step leaves. */
    private void variablesOf(YamlNode to, String before, KameletText kamelet) {
        Map<String, JsonNode> properties = kamelet.properties();
        KameletCallLint.given(to).forEach((name, value) -> {
            boolean names = properties.containsKey(name)
                    && properties.get(name).path("format").asText().equals("variable");
            if (names && !moreVariables && !variables.contains(value.text())) {
                report.add(
                        file,
                        value.own(),
                        "%s%s is %s, but no step before it leaves such a variable%s There are %s"
                                .formatted(
                                        before,
                                        name,
                                        value.text(),
                                        Nearest.end(value.text(), variables),
                                        variables.isEmpty() ? "none" : String.join(", ", variables)));
            }
        });
    }
}
