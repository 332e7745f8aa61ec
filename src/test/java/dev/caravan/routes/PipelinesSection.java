package dev.caravan.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The part of docs/steps.md that tells of the pipelines: their steps, and what a job may set. */
final class PipelinesSection {
    private static final String HEAD =
            """

            # Pipelines

            What `POST /api/v1/jobs` can run. A job's `parameters` are typed and bounded as the Kamelet's property behind each says; what is
            not given has the default.
            """;

    private final Map<String, YamlFile> kamelets;

    PipelinesSection(List<YamlFile> kamelets) {
        this.kamelets = kamelets.stream().collect(Collectors.toMap(YamlFile::name, kamelet -> kamelet));
    }

    String of(List<YamlFile> pipelines) {
        return HEAD + pipelines.stream().map(this::section).collect(Collectors.joining());
    }

    private String section(YamlFile file) {
        Map<String, Object> route = file.flows("route").get(0);
        String steps = calls(route).entrySet().stream()
                .map(step ->
                        "`%s` (%s)".formatted(step.getKey(), step.getValue().kamelet()))
                .collect(Collectors.joining(", "));
        return "\n## %s\n\n%s Steps: %s.\n\n%s"
                .formatted(route.get("id"), route.get("description"), steps, parameters(file, calls(route)));
    }

    /**
     * @param kamelet name
     * @param set what the pipeline itself sets of it
     */
    private record Call(String kamelet, Map<String, Object> set) {}

    private static Map<String, Call> calls(Map<String, Object> route) {
        return ((List<?>) YamlFile.map(route.get("from")).get("steps"))
                .stream()
                        .map(step -> YamlFile.map(YamlFile.map(step).get("step")))
                        .collect(Collectors.toMap(
                                step -> String.valueOf(step.get("id")),
                                PipelinesSection::call,
                                (one, other) -> one,
                                LinkedHashMap::new));
    }

    private static Call call(Map<String, Object> step) {
        Map<String, Object> to =
                YamlFile.map(YamlFile.map(((List<?>) step.get("steps")).get(0)).get("to"));
        return new Call(String.valueOf(to.get("uri")).replaceFirst("kamelet:", ""), YamlFile.map(to.get("parameters")));
    }

    private String parameters(YamlFile file, Map<String, Call> calls) {
        Map<String, Object> declared = file.flows().stream()
                .filter(flow -> flow.get("beans") instanceof List<?>)
                .map(flow -> YamlFile.map(((List<?>) flow.get("beans")).get(0)))
                .map(bean -> YamlFile.map(YamlFile.map(bean.get("properties")).get("parameters")))
                .findFirst()
                .orElse(Map.of());
        if (declared.isEmpty()) {
            return "A job sets nothing of it.\n";
        }
        return "| parameter | type | default | what it is |\n|---|---|---|---|\n"
                + declared.entrySet().stream()
                        .map(parameter -> row(
                                parameter.getKey(),
                                String.valueOf(parameter.getValue()).split("\\."),
                                calls))
                        .collect(Collectors.joining());
    }

    private String row(String name, String[] where, Map<String, Call> calls) {
        Call call = calls.get(where[0]);
        if (where.length == 3) {
            return declared(name, where[1], where[2], call);
        }
        Map<String, Object> property = YamlFile.map(kamelets.get(call.kamelet())
                .at("spec", "definition", "properties")
                .get(where[1]));
        Object fallback = call.set().getOrDefault(where[1], property.get("default"));
        return "| `%s` | %s | %s | %s |\n"
                .formatted(name, type(property), StepsPage.code(fallback), StepsPage.cell(property));
    }

    /** What the step declares itself, in its values or inputs. */
    private static String declared(String name, String group, String what, Call call) {
        String text = String.valueOf(call.set().get(group));
        if (group.equals("inputs")) {
            String uri = text.lines()
                    .filter(line -> line.strip().startsWith(what + "="))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf('=') + 1))
                    .orElse(null);
            return "| `%s` | string | %s | A file that the step `%s` reads, as an https URL or as `asset:ID`. |\n"
                    .formatted(name, StepsPage.code(uri), call.kamelet());
        }
        Map<String, Object> schema =
                YamlFile.map(YamlFile.map(new Load(LoadSettings.builder().build()).loadFromString(text))
                        .get(what));
        return "| `%s` | %s | %s | %s |\n"
                .formatted(name, type(schema), StepsPage.code(schema.get("default")), choices(schema));
    }

    private static String choices(Map<String, Object> schema) {
        return schema.get("enum") instanceof List<?> choices
                ? "One of " + choices.stream().map(StepsPage::code).collect(Collectors.joining(", ")) + "."
                : "A value of the pipeline's own.";
    }

    private static String type(Map<String, Object> property) {
        return property.containsKey("minimum")
                ? "%s, %s to %s".formatted(property.get("type"), property.get("minimum"), property.get("maximum"))
                : String.valueOf(property.get("type"));
    }
}
