package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file against both schemas. */
class SchemaTest {
    private static JsonSchema ours;
    private static JsonSchema canonical;

    @BeforeAll
    static void read_the_schemas() throws IOException {
        ours = Schemas.ours();
        canonical = Schemas.canonical();
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#all")
    void a_file_is_valid_for_our_camel(YamlFile file) {
        assertThat(ours.validate(flows(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#all")
    void a_file_is_in_canonical_notation(YamlFile file) {
        assertThat(canonical.validate(flows(file))).isEmpty();
    }

    @Test
    void a_bare_from_and_an_inline_expression_are_no_canonical_notation() {
        Object inline = List.of(Map.of("setBody", Map.of("simple", "${header.name}")));
        JsonNode bare = Schemas.json(List.of(Map.of("from", Map.of("uri", "direct:a", "steps", inline))));
        assertThat(ours.validate(bare)).isEmpty();
        assertThat(canonical.validate(bare)).isNotEmpty();
    }

    @Test
    void an_option_that_camel_does_not_know_is_refused() {
        Object steps = List.of(Map.of("log", Map.of("massage", "hello")));
        JsonNode typo =
                Schemas.json(List.of(Map.of("route", Map.of("from", Map.of("uri", "direct:a", "steps", steps)))));
        assertThat(ours.validate(typo)).isNotEmpty();
        assertThat(canonical.validate(typo)).isNotEmpty();
    }

    /** A Kamelet's template as the route file that it would be. */
    private static JsonNode flows(YamlFile file) {
        if (!file.kamelet()) {
            return Schemas.json(file.tree());
        }
        Map<String, Object> template = file.at("spec", "template");
        List<Object> flows = new ArrayList<>();
        if (template.containsKey("beans")) {
            flows.add(Map.of("beans", template.get("beans")));
        }
        flows.add(Map.of("route", template.getOrDefault("route", Map.of("from", file.at("spec", "template", "from")))));
        return Schemas.json(flows);
    }
}
