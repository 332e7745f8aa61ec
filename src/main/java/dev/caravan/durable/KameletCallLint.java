package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.settings.Nearest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** Checks calls of Kamelets by the contract of the Kamelet: its name, its properties, their types, and the required ones. */
final class KameletCallLint {
    private static final String KAMELET = "kamelet:";

    private final CamelContext context;
    private final KameletNames kamelets;
    private final RouteLint.Report report;
    private final Map<String, KameletText> read = new HashMap<>();

    KameletCallLint(CamelContext context, KameletNames kamelets, RouteLint.Report report) {
        this.context = context;
        this.kamelets = kamelets;
        this.report = report;
    }

    /** The Kamelets that a Kamelet calls. */
    void checkWithin(String file, YamlNode root) {
        root.all().filter(node -> node.text("uri").startsWith(KAMELET)).forEach(to -> {
            if (!to.text("uri").matches("kamelet:(source|sink)(\\?.*)?")) {
                check(file, to, "");
            }
        });
    }

    /**
     * @param to the mapping with {@code uri} and {@code parameters}
     * @param step before the message: {@code "step convert: "}
     * @return the Kamelet, where there is one
     */
    Optional<KameletText> check(String file, YamlNode to, String step) {
        YamlNode uri = to.get("uri").map(YamlNode::own).orElse(to);
        String name = KameletText.nameOf(to.text("uri"));
        if (!kamelets.all().contains(name)) {
            report.add(
                    file,
                    uri,
                    "%sthere is no Kamelet %s%s docs/steps.md lists those that there are"
                            .formatted(step, name, Nearest.end(name, kamelets.all())));
            return Optional.empty();
        }
        KameletText kamelet = read.computeIfAbsent(name, unread -> KameletText.of(context, unread));
        Map<String, YamlNode> given = given(to);
        given.forEach((parameter, value) -> parameter(file, step, kamelet, parameter, value));
        kamelet.required().stream()
                .filter(required -> !given.containsKey(required))
                .forEach(required ->
                        report.add(file, uri, "%s%s needs the parameter %s".formatted(step, name, required)));
        return Optional.of(kamelet);
    }

    /** Of the block {@code parameters}, and of the URI. */
    static Map<String, YamlNode> given(YamlNode to) {
        Map<String, YamlNode> given = new LinkedHashMap<>();
        YamlNode uri = to.get("uri").map(YamlNode::own).orElse(to);
        KameletCall.parameters(uri.text()).forEach((name, value) -> given.put(name, YamlNode.within(uri, value)));
        to.get("parameters").ifPresent(parameters -> given.putAll(parameters.entries()));
        return given;
    }

    private void parameter(String file, String step, KameletText kamelet, String name, YamlNode value) {
        Map<String, JsonNode> properties = kamelet.properties();
        if (!properties.containsKey(name)) {
            report.add(
                    file,
                    value,
                    "%s%s has no parameter %s%s It has %s"
                            .formatted(
                                    step,
                                    kamelet.name(),
                                    name,
                                    Nearest.end(name, properties.keySet()),
                                    properties.isEmpty() ? "none" : String.join(", ", properties.keySet())));
            return;
        }
        Optional<String> given = resolved(value.text());
        given.flatMap(text -> new AllowedValues(properties.get(name)).problemOfText(name, text))
                .ifPresent(problem -> report.add(file, value.own(), step + problem));
        String format = properties.get(name).path("format").asText();
        given.stream()
                .flatMap(text -> BlockLint.problems(format, name, text).stream())
                .forEach(problem -> report.add(file, value.own(), step + problem));
    }

    /** Empty for what only the caller of the calling Kamelet knows, and for settings that do not exist. */
    private Optional<String> resolved(String text) {
        try {
            return Optional.of(context.resolvePropertyPlaceholders(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
