package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "pipelines",
        mixinStandardHelpOptions = true,
        description =
                "Lists the pipelines that are loaded: where they come from, their version, steps and state; and the mistakes in files that are not loaded.")
final class PipelinesCommand implements Callable<Integer> {
    @Mixin
    private ApiConnection apiConnection;

    @Override
    public Integer call() {
        JsonNode answer = apiConnection.get("/api/v1/pipelines");
        System.out.println(apiConnection.json() ? answer : text(answer));
        return answer.path("mistakes").isEmpty() ? 0 : 1;
    }

    static String text(JsonNode answer) {
        TextTable table = new TextTable("PIPELINE", "ORIGIN", "VERSION", "STATE", "STEPS");
        answer.path("items")
                .forEach(item -> table.row(
                        item.path("pipeline").asText(),
                        item.path("origin").asText().equals("file")
                                ? item.path("file").asText()
                                : item.path("origin").asText(),
                        item.path("version").asText(),
                        item.path("state").asText(),
                        String.join(" ", steps(item))));
        StringBuilder text = new StringBuilder(table.toString());
        answer.path("mistakes")
                .forEach(mistake -> text.append("%n%s:%d:%d: %s"
                        .formatted(
                                mistake.path("file").asText(),
                                mistake.path("line").asInt(),
                                mistake.path("column").asInt(),
                                mistake.path("message").asText())));
        return text.toString();
    }

    private static List<String> steps(JsonNode item) {
        List<String> steps = new ArrayList<>();
        item.path("steps").forEach(step -> steps.add(step.path("id").asText()));
        return steps;
    }
}
