package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description = "Assets, jobs, workers, and how fast each pipeline went.")
final class StatsCommand implements Callable<Integer> {
    @Mixin
    private ApiConnection apiConnection;

    @Override
    public Integer call() {
        JsonNode stats = apiConnection.get("/api/v1/video-processing-stats");
        System.out.println(apiConnection.json() ? stats : text(stats));
        return 0;
    }

    private static String text(JsonNode stats) {
        String gap = System.lineSeparator() + System.lineSeparator();
        return String.join(gap, assets(stats.path("assets")), jobs(stats), paces(stats), WorkersText.of(stats));
    }

    private static String assets(JsonNode assets) {
        TextTable table = new TextTable("ASSETS", "UPLOADING", "PROCESSING", "READY", "FAILED", "TOTAL");
        assets.properties().forEach(type -> {
            JsonNode count = type.getValue();
            if (count.isObject()) {
                table.row(
                        type.getKey(),
                        count.path("uploading").asLong(),
                        count.path("processing").asLong(),
                        count.path("ready").asLong(),
                        count.path("failed").asLong(),
                        count.path("total").asLong());
            }
        });
        return table.toString();
    }

    private static String jobs(JsonNode stats) {
        JsonNode jobs = stats.path("jobs");
        return "Jobs: %d waiting, %d active, %d delayed, %d completed, %d failed, %d cancelled%s"
                .formatted(
                        jobs.path("waiting").asLong(),
                        jobs.path("active").asLong(),
                        jobs.path("delayed").asLong(),
                        jobs.path("completed").asLong(),
                        jobs.path("failed").asLong(),
                        jobs.path("cancelled").asLong(),
                        jobs.path("paused").asBoolean() ? " (paused)" : "");
    }

    private static String paces(JsonNode stats) {
        TextTable table =
                new TextTable("PIPELINE", "LAST", "COMPLETED", "FAILED", "CANCELLED", "AN HOUR", "MEDIAN s", "95 % s");
        stats.path("pipelines").forEach(pipeline -> {
            row(table, pipeline.path("pipeline").asText(), "hour", pipeline.path("last_hour"));
            row(table, "", "day", pipeline.path("last_day"));
        });
        return table.toString();
    }

    private static void row(TextTable table, String pipeline, String last, JsonNode pace) {
        table.row(
                pipeline,
                last,
                pace.path("completed").asLong(),
                pace.path("failed").asLong(),
                pace.path("cancelled").asLong(),
                pace.path("per_hour").asText(),
                pace.hasNonNull("median_seconds") ? pace.get("median_seconds").asText() : null,
                pace.hasNonNull("p95_seconds") ? pace.get("p95_seconds").asText() : null);
    }
}
