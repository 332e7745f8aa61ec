package dev.caravan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that select dead letters. */
final class DeadLetterOptions {
    @Option(names = "--pipeline", description = "Only of this pipeline.")
    private String pipeline;

    @Option(names = "--code", description = "Only with this code of failure.")
    private String code;

    @Option(names = "--step", description = "Only those that failed at this step.")
    private String step;

    @Option(names = "--owner", description = "Only of this owner.")
    private String owner;

    @Option(names = "--asset", description = "Only of this asset.")
    private String asset;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Failed then or later: 2026-01-14, 2026-01-14T10:00Z.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Failed then or earlier.")
    private String until;

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("pipeline", pipeline);
        values.put("code", code);
        values.put("step", step);
        values.put("owner", owner);
        values.put("asset_id", asset);
        values.put("since", since);
        values.put("until", until);
        values.values().removeIf(value -> value == null);
        return values;
    }

    boolean none() {
        return values().isEmpty();
    }

    String query() {
        return values().entrySet().stream()
                .map(value -> "&" + value.getKey() + "=" + ApiConnection.encoded(value.getValue()))
                .collect(Collectors.joining());
    }

    void into(ObjectNode filter) {
        values().forEach(filter::put);
    }
}
