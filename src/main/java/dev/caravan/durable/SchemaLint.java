package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.json.Json;
import dev.caravan.settings.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

/**
 * Checks the names in a flow by the schema of Camel's YAML DSL (camel-yaml-dsl, {@code schema/camelYamlDsl.json}). A validator
 * of schemas says that none of sixty alternatives fits; this says which name is wrong, where, and what is near it.
 */
final class SchemaLint {
    private static final String SCHEMA = "/schema/camelYamlDsl.json";
    private static final String FROM = "org.apache.camel.model.FromDefinition";

    private final JsonNode items;
    private final RouteLint.Report report;

    SchemaLint(RouteLint.Report report) {
        this.report = report;
        try (InputStream in = YamlRoutesBuilderLoader.class.getResourceAsStream(SCHEMA)) {
            items = Json.MAPPER.readTree(in).path("items");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void routes(String file, YamlNode root) {
        root.items().forEach(flow -> check(file, flow, List.of(items), ""));
    }

    void kamelet(String file, YamlNode root) {
        root.get("spec", "template", "from")
                .ifPresent(from ->
                        check(file, from, List.of(items.path("definitions").path(FROM)), "from"));
    }

    /** @param schemas of which one holds */
    private void check(String file, YamlNode node, List<JsonNode> schemas, String above) {
        List<JsonNode> alternatives = new ArrayList<>();
        schemas.forEach(schema -> flatten(schema, alternatives));
        List<JsonNode> elements = alternatives.stream()
                .map(schema -> schema.path("items"))
                .filter(JsonNode::isObject)
                .toList();
        node.items().forEach(item -> check(file, item, elements, above));
        Map<String, List<JsonNode>> known = new TreeMap<>();
        alternatives.forEach(
                schema -> schema.path("properties").fields().forEachRemaining(property -> known.computeIfAbsent(
                                property.getKey(), name -> new ArrayList<>())
                        .add(property.getValue())));
        if (!known.isEmpty()) {
            node.entries().forEach((name, value) -> entry(file, above, known, name, value));
        }
    }

    private void entry(String file, String above, Map<String, List<JsonNode>> known, String name, YamlNode value) {
        if (known.containsKey(name)) {
            check(file, value, known.get(name), name);
        } else {
            report.add(
                    file,
                    value,
                    "%s is unknown%s%s".formatted(name, above.isEmpty() ? "" : " below " + above, hint(name, known)));
        }
    }

    private static String hint(String name, Map<String, List<JsonNode>> known) {
        String near = Nearest.hint(name, known.keySet());
        return near.isEmpty() && known.size() < 20 ? ". It takes " + String.join(", ", known.keySet()) : near;
    }

    private void flatten(JsonNode schema, List<JsonNode> into) {
        if (schema.has("$ref")) {
            flatten(definition(schema.get("$ref").asText()), into);
            return;
        }
        into.add(schema);
        for (String several : List.of("oneOf", "anyOf", "allOf")) {
            schema.path(several).forEach(alternative -> {
                if (!alternative.has("not")) {
                    flatten(alternative, into);
                }
            });
        }
    }

    private JsonNode definition(String reference) {
        return items.path("definitions").path(reference.substring(reference.lastIndexOf('/') + 1));
    }
}
