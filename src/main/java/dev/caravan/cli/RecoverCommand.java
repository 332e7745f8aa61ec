package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description =
                "Recovers what is stuck: takes jobs back, rings for what waits, and lets the reconciler see to the rest.")
final class RecoverCommand implements Callable<Integer> {
    @Mixin
    private ApiConnection apiConnection;

    @Option(names = "--status", description = "Only says what is stuck, since when, why, and what to do.")
    private boolean status;

    @Option(
            names = "--max-age",
            paramLabel = "MINUTES",
            description = "Also takes back running jobs that show no sign of life for longer than this.")
    private Integer maxAge;

    @Option(names = "--dry-run", description = "Says what would be done, and does nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        JsonNode answer =
                status ? apiConnection.get("/api/v1/recovery") : apiConnection.post("/api/v1/recovery", wish());
        System.out.println(apiConnection.json() ? answer : text(answer));
        return 0;
    }

    private Map<String, Object> wish() {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("dry_run", dryRun);
        if (maxAge != null) {
            wish.put("max_age_minutes", maxAge);
        }
        return wish;
    }

    private String text(JsonNode answer) {
        return status ? stuck(answer) + reconciler(answer) : done(answer) + stuck(answer);
    }

    private String done(JsonNode answer) {
        TextTable table = new TextTable("DUTY", dryRun ? "WOULD DO" : "FOUND", "DONE", "ERRORS", "FOR EXAMPLE");
        answer.path("duties")
                .properties()
                .forEach(duty -> table.row(
                        duty.getKey(),
                        duty.getValue().path("found").asText(),
                        duty.getValue().path("done").asText(),
                        duty.getValue().path("failed").asText(),
                        duty.getValue().path("examples").path(0).asText()));
        String rest = dryRun ? "" : "The active reconciler sees to everything else in its next round.%n".formatted();
        return "%s%n%s%n".formatted(table, rest);
    }

    private static String stuck(JsonNode answer) {
        if (answer.path("stuck").isEmpty()) {
            return "Nothing is stuck.%n".formatted();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode each : answer.path("stuck")) {
            text.append("%s  %s %s%n  since %s: %s.%n  %s%n"
                    .formatted(
                            each.path("code").asText(),
                            each.hasNonNull("job_id")
                                    ? "job " + each.get("job_id").asText()
                                    : asset(each),
                            each.path("pipeline").asText(),
                            each.path("since").asText("ever"),
                            each.path("why").asText(),
                            each.path("advice").asText()));
        }
        return text.toString();
    }

    private static String asset(JsonNode each) {
        return each.hasNonNull("asset_id") ? "asset " + each.get("asset_id").asText() : "";
    }

    private static String reconciler(JsonNode answer) {
        JsonNode active = answer.path("reconciler");
        TextTable table = new TextTable("DUTY", "LAST RUN", "RUNS", "FOUND", "DONE", "ERRORS");
        for (JsonNode duty : answer.path("duties")) {
            table.row(
                    duty.path("name").asText(),
                    duty.path("ran_at").asText(),
                    duty.path("runs").asText(),
                    duty.path("found").asText(),
                    duty.path("done").asText(),
                    duty.path("failed").asText());
        }
        return "%nReconciler: %s, %s rounds%n%s"
                .formatted(
                        active.path("holder").asText("none is active"),
                        active.path("rounds").asText(),
                        table);
    }
}
