package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.failure.Refusal;
import dev.caravan.settings.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What jobs of one pipeline may set: each parameter is a property of the Kamelet of one step, and as that is typed. */
final class Parameters {
    private final String pipeline;
    private final Map<String, Target> targets;

    /**
     * @param step id of the step whose Kamelet has the property
     * @param definition of the property, a JSON schema
     */
    record Target(String step, String property, JsonNode definition) {}

    Parameters(String pipeline, Map<String, Target> targets) {
        this.pipeline = pipeline;
        this.targets = new TreeMap<>(targets);
    }

    /** @throws Refusal naming each parameter that is wrong, its value, and what it may be */
    void check(Map<String, Object> given) {
        List<String> problems = new TreeMap<>(given)
                .entrySet().stream()
                        .flatMap(value -> problem(value.getKey(), value.getValue()).stream())
                        .toList();
        if (!problems.isEmpty()) {
            throw new Refusal(
                    "INVALID_PARAMETERS",
                    String.join("; ", problems),
                    targets.isEmpty()
                            ? "The pipeline " + pipeline + " takes no parameters."
                            : "The pipeline " + pipeline + " takes " + described() + ".");
        }
    }

    private Optional<String> problem(String name, Object value) {
        Target target = targets.get(name);
        return target == null
                ? Optional.of("there is no parameter %s%s".formatted(name, Nearest.hint(name, targets.keySet())))
                : new AllowedValues(target.definition()).problem(name, value);
    }

    private String described() {
        return targets.entrySet().stream()
                .map(target -> target.getKey() + " ("
                        + new AllowedValues(target.getValue().definition()).words() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Of the values that a job was given, those for properties of {@code step}'s Kamelet. */
    Map<String, Object> of(String step, Map<String, Object> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        targets.forEach((name, target) -> {
            if (target.step().equals(step) && given.get(name) != null) {
                values.put(target.property(), given.get(name));
            }
        });
        return values;
    }
}
