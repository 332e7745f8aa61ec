package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that select one worker by its name, or all. */
final class WorkerChoice {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The worker.")
    private String name;

    @Option(names = "--all", description = "Every worker that lives now.")
    private boolean all;

    /** @throws ApiConnection.Refused when it names both or neither */
    String path(String order) {
        if (all == (name != null)) {
            throw new ApiConnection.Refused("Name one worker, or say --all. './caravan workers' lists them.");
        }
        return all ? "/api/v1/workers/" + order : "/api/v1/workers/" + ApiConnection.encoded(name) + "/" + order;
    }

    /** Returns the selected workers of the response. */
    JsonNode of(JsonNode answer) {
        ArrayNode meant = ApiConnection.JSON.createArrayNode();
        answer.path("workers").forEach(worker -> {
            if (all || worker.path("name").asText().equals(name)) {
                meant.add(worker);
            }
        });
        return ApiConnection.JSON.createObjectNode().set("workers", meant);
    }
}
