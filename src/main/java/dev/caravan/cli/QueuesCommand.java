package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "queues",
        mixinStandardHelpOptions = true,
        description = "Shows how many jobs wait, run and have ended; pauses, resumes and purges.",
        subcommands = {QueuesPauseCommand.class, QueuesResumeCommand.class, QueuesPurgeCommand.class})
final class QueuesCommand implements Callable<Integer> {
    @Mixin
    private ApiConnection apiConnection;

    @Override
    public Integer call() {
        JsonNode queues = apiConnection.get("/api/v1/queues");
        System.out.println(apiConnection.json() ? queues : text(queues));
        return 0;
    }

    private static String text(JsonNode queues) {
        TextTable table = new TextTable(
                "QUEUE", "PRIORITY", "WAITING", "ACTIVE", "DELAYED", "COMPLETED", "FAILED", "CANCELLED", "OLDEST", "");
        queues.path("pipelines").forEach(pipeline -> {
            row(table, pipeline.path("pipeline").asText(), "all", pipeline);
            pipeline.path("priorities").properties().forEach(priority -> {
                if (priority.getValue().path("total").asLong() > 0) {
                    row(table, "", priority.getKey(), priority.getValue());
                }
            });
        });
        row(table, "all", "all", queues.path("overall"));
        return table + PauseText.text(queues);
    }

    private static void row(TextTable table, String queue, String priority, JsonNode count) {
        long oldest = count.path("oldest_waiting_seconds").asLong();
        table.row(
                queue,
                priority,
                count.path("waiting").asLong(),
                count.path("active").asLong(),
                count.path("delayed").asLong(),
                count.path("completed").asLong(),
                count.path("failed").asLong(),
                count.path("cancelled").asLong(),
                oldest == 0 ? null : DurationText.of(Duration.ofSeconds(oldest)),
                count.path("paused").asBoolean() ? "paused" : null);
    }
}
