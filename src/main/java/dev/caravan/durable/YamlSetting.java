package dev.caravan.durable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A setting as it was written.
 *
 * @param line where its name stands, from 1; -1 where nothing was written
 * @param column of the same, from 1
 * @param text its value with the placeholders put in; null for a group
 * @param group the settings below it, in their order; empty for a value
 */
record YamlSetting(int line, int column, String text, Map<String, YamlSetting> group) {
    static final YamlSetting NOTHING = new YamlSetting(-1, -1, null, Map.of());

    /** The properties of the bean that is named like the route, in the route's own file. */
    static YamlSetting of(CamelContext context, RouteDefinition route) {
        if (route.getResource() == null) {
            return NOTHING;
        }
        try (InputStream in = route.getResource().getInputStream()) {
            return new Compose(LoadSettings.builder().build())
                    .composeInputStream(in)
                    .flatMap(file -> settings(file, route.getRouteId()))
                    .map(node -> read(node, context::resolvePropertyPlaceholders))
                    .orElse(NOTHING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Node> settings(Node file, String name) {
        return items(file).stream()
                .flatMap(flow -> child(flow, "beans").stream())
                .flatMap(beans -> items(beans).stream())
                .filter(bean -> is(bean, "name", name))
                .filter(bean -> is(bean, "type", PipelineSettings.class.getName()))
                .findFirst()
                .flatMap(bean -> child(bean, "properties"));
    }

    private static boolean is(Node bean, String key, String value) {
        return child(bean, key).filter(found -> value.equals(scalar(found))).isPresent();
    }

    private static YamlSetting read(Node node, UnaryOperator<String> placeholders) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(-1);
        int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(-1);
        if (!(node instanceof MappingNode mapping)) {
            return new YamlSetting(line, column, placeholders.apply(scalar(node)), Map.of());
        }
        Map<String, YamlSetting> group = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            YamlSetting value = read(entry.getValueNode(), placeholders);
            YamlSetting key = read(entry.getKeyNode(), name -> name);
            group.put(key.text(), new YamlSetting(key.line(), key.column(), value.text(), value.group()));
        }
        return new YamlSetting(line, column, null, group);
    }

    private static List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    private static Optional<Node> child(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(entry -> key.equals(scalar(entry.getKeyNode())))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    private static String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** What is written under {@code name}, or nothing. */
    YamlSetting get(String name) {
        return group.getOrDefault(name, NOTHING);
    }

    boolean there() {
        return line > 0;
    }
}
