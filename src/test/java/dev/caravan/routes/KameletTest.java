package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.kamelet.KameletEndpointConfigurer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lint of the step catalogue, after that of Apache Camel's own: a Kamelet is a contract first. */
class KameletTest {
    private static final String TYPE = "camel.apache.org/kamelet.type";
    private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean");
    /** {@code {{name}}}, optional as {@code {{?name}}}, with a default as {@code {{name:value}}}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z][A-Za-z0-9.-]*)(:[^}]*)?}}");

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void it_has_the_parts_of_a_kamelet(YamlFile kamelet) {
        assertThat(kamelet.at())
                .containsEntry("apiVersion", "camel.apache.org/v1")
                .containsEntry("kind", "Kamelet");
        assertThat(kamelet.at().keySet()).containsExactly("apiVersion", "kind", "metadata", "spec");
        assertThat(kamelet.at("spec").keySet()).containsExactly("definition", "dependencies", "template");
        assertThat(kamelet.at("spec", "definition")).containsKeys("title", "description", "type");
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void its_name_says_what_it_does_and_of_which_type_it_is(YamlFile kamelet) {
        assertThat(kamelet.name()).matches("[a-z]+(-[a-z0-9]+)*-(action|source|sink)");
        assertThat(kamelet.name())
                .endsWith("-" + kamelet.at("metadata", "labels").get(TYPE));
    }

    /** As in Apache's catalogue, so that Kaoto shows it beside the others; the icon is a drawing, small enough to read around. */
    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#ownKamelets")
    void it_can_be_shown_in_a_catalogue(YamlFile kamelet) {
        Map<String, Object> annotations = kamelet.at("metadata", "annotations");
        assertThat(annotations)
                .containsEntry("camel.apache.org/kamelet.support.level", "Stable")
                .containsEntry("camel.apache.org/provider", "Caravan")
                .containsEntry("camel.apache.org/kamelet.namespace", "Caravan")
                .containsKey("camel.apache.org/kamelet.group");
        assertThat(String.valueOf(annotations.get("camel.apache.org/kamelet.icon")))
                .startsWith("data:image/svg+xml;base64,")
                .hasSizeLessThan(400);
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void each_property_is_typed_and_explained(YamlFile kamelet) {
        properties(kamelet).forEach((name, definition) -> {
            Map<String, Object> property = YamlFile.map(definition);
            assertThat(name).matches("[a-z][A-Za-z0-9]*");
            assertThat(property).as(name).containsKeys("title", "description", "type");
            assertThat(property.get("type")).as(name).isIn(TYPES);
        });
    }

    /** Camel takes these from the call of a Kamelet for itself. */
    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void no_property_has_the_name_of_an_option_of_kamelet_endpoints(YamlFile kamelet) {
        assertThat(properties(kamelet).keySet())
                .allMatch(name -> new KameletEndpointConfigurer().getOptionType(name, false) == null);
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void defaults_and_examples_are_of_the_type_and_among_the_choices(YamlFile kamelet) {
        properties(kamelet).forEach((name, definition) -> {
            Map<String, Object> property = YamlFile.map(definition);
            Stream.of("default", "example")
                    .map(property::get)
                    .filter(Objects::nonNull)
                    .filter(value -> !PLACEHOLDER.matcher(value.toString()).matches())
                    .forEach(value -> {
                        assertThat(value).as(name).matches(is(property.get("type")), property.get("type") + "");
                        if (property.get("enum") instanceof List<?> choices) {
                            assertThat(value).as(name).isIn(choices);
                        }
                    });
        });
    }

    private static Predicate<Object> is(Object type) {
        return switch (type.toString()) {
            case "integer" -> value -> value instanceof Integer || value instanceof Long;
            case "number" -> Number.class::isInstance;
            case "boolean" -> Boolean.class::isInstance;
            default -> String.class::isInstance;
        };
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void what_is_required_exists_and_has_no_default(YamlFile kamelet) {
        Map<String, Object> properties = properties(kamelet);
        assertThat(properties.keySet()).containsAll(required(kamelet));
        assertThat(required(kamelet))
                .allMatch(name -> !YamlFile.map(properties.get(name)).containsKey("default"));
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void it_declares_the_properties_that_it_uses_and_no_others(YamlFile kamelet) {
        Set<String> used = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(kamelet.at("spec", "template").toString());
        // Again from inside each match: ${variable.{{name}}}
        for (int at = 0; matcher.find(at); at = matcher.start() + 2) {
            if (!matcher.group(1).contains(".")) {
                used.add(matcher.group(1));
            }
        }
        assertThat(used).isEqualTo(new TreeSet<>(properties(kamelet).keySet()));
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void it_lists_the_parts_of_camel_that_it_needs_and_no_others(YamlFile kamelet) {
        List<?> listed = (List<?>) kamelet.at("spec").get("dependencies");
        Set<String> needed = YamlFile.entries(kamelet.at("spec", "template")).stream()
                .flatMap(KameletTest::needs)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed.stream().map(Object::toString)).containsExactlyElementsOf(needed);
    }

    private static Stream<String> needs(YamlFile.Entry entry) {
        String value = String.valueOf(entry.value());
        return switch (entry.key()) {
            case "uri" -> Stream.of("camel:" + value.replaceFirst("[:{].*", ""));
            case "bean", "method" -> entry.value() instanceof Map ? Stream.of("camel:bean") : Stream.empty();
            case "json" -> Stream.of("camel:jackson");
            case "simple", "constant", "header", "variable", "exchangeProperty", "ref", "tokenize", "csimple" ->
                entry.value() instanceof Map ? Stream.of("camel:core") : Stream.empty();
            case "jsonpath", "jq", "groovy", "datasonnet", "xpath" -> Stream.of("camel:" + entry.key());
            default -> Stream.empty();
        };
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void it_obeys_no_header_that_names_a_program(YamlFile kamelet) {
        List<YamlFile.Entry> entries = YamlFile.entries(kamelet.at("spec", "template"));
        long before = entries.stream()
                .takeWhile(entry -> !execs(entry))
                .filter(entry -> entry.key().equals("removeHeaders"))
                .filter(entry -> "CamelExec*".equals(YamlFile.map(entry.value()).get("pattern")))
                .filter(entry -> entry.above().equals(List.of("from", "steps")))
                .count();
        assertThat(entries.stream().noneMatch(KameletTest::execs) || before > 0)
                .as("removeHeaders CamelExec* before the first exec:")
                .isTrue();
    }

    private static boolean execs(YamlFile.Entry entry) {
        return entry.key().equals("uri") && String.valueOf(entry.value()).startsWith("exec:");
    }

    private static Map<String, Object> properties(YamlFile kamelet) {
        return kamelet.at("spec", "definition", "properties");
    }

    private static List<String> required(YamlFile kamelet) {
        return kamelet.at("spec", "definition").get("required") instanceof List<?> names
                ? names.stream().map(Object::toString).toList()
                : List.of();
    }
}
