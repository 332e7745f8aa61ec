package dev.caravan.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page docs/steps.md, as the Kamelets say it. */
final class StepsPage {
    private static final String HEAD =
            """
            # Steps

            The step catalogue: every Kamelet that a pipeline's step may call. This page is made from the files in
            `src/main/resources/kamelets/`; after a change there, make it anew with

                mvn -q test -Dtest=StepsPageTest -Dcaravan.docs=write

            How to put steps together is told in [integrators.md](integrators.md).
            """;

    private StepsPage() {}

    static String of(List<YamlFile> kamelets) {
        StringBuilder page = new StringBuilder(HEAD);
        kamelets.forEach(kamelet -> page.append(section(kamelet)));
        return page.toString();
    }

    private static String section(YamlFile kamelet) {
        Map<String, Object> definition = kamelet.at("spec", "definition");
        List<String> parts = new ArrayList<>();
        parts.add("\n## " + kamelet.name());
        parts.add("**" + definition.get("title") + ".** " + line(definition.get("description")));
        parts.add("```yaml\n" + call(kamelet) + "```");
        if (!properties(kamelet).isEmpty()) {
            parts.add(table(kamelet).strip());
        }
        return String.join("\n\n", parts) + "\n";
    }

    /** With the parameters that it must have, at their examples. */
    private static String call(YamlFile kamelet) {
        StringBuilder call = new StringBuilder("- step:\n    id: %s\n    steps:\n".formatted(id(kamelet)));
        call.append("      - to:\n          uri: kamelet:%s\n".formatted(kamelet.name()));
        List<String> required = required(kamelet);
        if (!required.isEmpty()) {
            call.append("          parameters:\n");
            required.forEach(name -> call.append("            %s: %s\n"
                    .formatted(
                            name,
                            yaml(Objects.requireNonNullElse(
                                            property(kamelet, name).get("example"), "...")
                                    .toString()))));
        }
        return call.toString();
    }

    /** As a value in YAML: several lines as a block, and quotes where a plain scalar would mean something else. */
    private static String yaml(String value) {
        if (value.contains("\n")) {
            return "|\n" + value.stripTrailing().indent(14).stripTrailing();
        }
        return value.matches("[\\[{&*!|>%@`\"'#-].*|.*(: | #).*") ? "'" + value.replace("'", "''") + "'" : value;
    }

    private static String id(YamlFile kamelet) {
        return kamelet.name().substring(0, kamelet.name().indexOf('-'));
    }

    private static String table(YamlFile kamelet) {
        StringBuilder table = new StringBuilder("| parameter | type | default | what it is |\n|---|---|---|---|\n");
        properties(kamelet).keySet().forEach(name -> {
            Map<String, Object> property = property(kamelet, name);
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(name, property.get("type"), fallback(kamelet, name, property), cell(property)));
        });
        return table.toString();
    }

    private static String fallback(YamlFile kamelet, String name, Map<String, Object> property) {
        if (required(kamelet).contains(name)) {
            return "*required*";
        }
        return code(property.get("default"));
    }

    /** A default; that of a setting is its name. */
    static String code(Object fallback) {
        return fallback == null ? "" : "`" + fallback.toString().replaceFirst("^\\{\\{(.*)}}$", "$1") + "`";
    }

    static String cell(Map<String, Object> property) {
        String text = line(property.get("description")).replace("|", "\\|");
        return property.get("enum") instanceof List<?> choices
                ? text + " One of "
                        + String.join(
                                ", ",
                                choices.stream()
                                        .map(choice -> "`" + choice + "`")
                                        .toList())
                        + "."
                : text;
    }

    private static String line(Object text) {
        return String.valueOf(text).strip().replaceAll("\\s+", " ");
    }

    private static Map<String, Object> properties(YamlFile kamelet) {
        return kamelet.at("spec", "definition", "properties");
    }

    private static Map<String, Object> property(YamlFile kamelet, String name) {
        return YamlFile.map(properties(kamelet).get(name));
    }

    private static List<String> required(YamlFile kamelet) {
        return kamelet.at("spec", "definition").get("required") instanceof List<?> names
                ? names.stream().map(Object::toString).toList()
                : List.of();
    }
}
