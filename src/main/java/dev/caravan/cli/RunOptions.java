package dev.caravan.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that all commands that run Caravan have. */
public final class RunOptions {
    private static final List<String> ROLES = List.of("api", "worker", "reconciler");

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "ROLE",
            description = "What this process does: api, worker, reconciler, or several with commas between them.")
    private List<String> roles = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What this worker is called (default: the machine's name).")
    private String name;

    /** @throws CommandLine.ParameterException when the options are not valid */
    public static RunOptions parse(String... arguments) {
        return CommandLine.populateCommand(new RunOptions(), arguments);
    }

    String name() {
        return name;
    }

    boolean isApi() {
        return roles.contains("api");
    }

    /**
     * Returns the settings of the options.
     *
     * @throws IllegalArgumentException when there is no such role, or the name is not a valid file name
     */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        for (String role : roles) {
            if (!ROLES.contains(role)) {
                throw new IllegalArgumentException(
                        "There is no role '%s'. Use one or more of %s.".formatted(role, String.join(", ", ROLES)));
            }
        }
        if (!roles.isEmpty()) {
            properties.put("caravan.roles", String.join(",", roles));
        }
        if (name != null) {
            properties.put("caravan.worker.name", valid(name));
        }
        return properties;
    }

    private static String valid(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "'%s' cannot be a name. Use up to 63 letters, digits, dots, underscores and hyphens."
                            .formatted(name));
        }
        return name;
    }
}
