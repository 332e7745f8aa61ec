package dev.caravan.durable;

import dev.caravan.work.StepValues;
import java.util.ArrayList;
import java.util.List;

/** Checks parameters that are texts with a form of their own: the values of a step, and its further inputs. */
final class BlockLint {
    private static final String INPUT = "[a-z][a-z0-9_]*\\s*=\\s*(https?://|asset:|s3:|file:)\\S+";

    private BlockLint() {}

    /** @param format of the property in its Kamelet */
    static List<String> problems(String format, String name, String text) {
        return switch (format) {
            case "values" -> values(name, text);
            case "inputs" -> inputs(name, text);
            default -> List.of();
        };
    }

    private static List<String> values(String name, String text) {
        List<String> problems = new ArrayList<>();
        try {
            StepValues.parse(text).definitions().forEach((value, definition) -> {
                if (definition.has("default")) {
                    new AllowedValues(definition)
                            .problem(value, definition.get("default"))
                            .ifPresent(problem -> problems.add("the default of " + problem));
                }
            });
        } catch (IllegalArgumentException e) {
            problems.add(name + ": " + e.getMessage());
        }
        return problems;
    }

    private static List<String> inputs(String name, String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.matches(INPUT))
                .map(line ->
                        "%s: '%s' is no input. Write name=URI, with https:, asset:, s3: or file:".formatted(name, line))
                .toList();
    }
}
