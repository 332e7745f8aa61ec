package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        description = "Cancels jobs that wait. Without --yes it only says how many.")
final class QueuesPurgeCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/queues/purge";

    @Mixin
    private ApiConnection apiConnection;

    @Mixin
    private QueueSwitch which;

    @Option(names = "--owner", description = "Only jobs of this owner.")
    private String owner;

    @Option(
            names = "--status",
            paramLabel = "QUEUED|RETRYING",
            description = "Only jobs that never began, or only those that wait for another attempt.")
    private String status;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            description = "Only jobs accepted so long ago: 90s, 15m, 2h, 3d.")
    private String olderThan;

    @Option(names = "--reason", description = "For the histories of the jobs.")
    private String reason;

    @Option(names = "--yes", description = "Does it.")
    private boolean yes;

    @Override
    public Integer call() {
        JsonNode counted = apiConnection.post(PATH, question());
        if (!yes) {
            System.out.println(
                    apiConnection.json() ? counted : "%s wait. Add --yes to cancel them.".formatted(jobs(counted)));
            return 0;
        }
        long purged = 0;
        JsonNode answer = counted;
        do {
            ObjectNode order = question().put("confirm", counted.path("confirm").asText());
            if (answer.hasNonNull("cursor")) {
                order.set("cursor", answer.get("cursor"));
            }
            answer = apiConnection.post(PATH, order);
            purged += answer.path("purged").asLong();
        } while (answer.hasNonNull("cursor"));
        System.out.println(
                apiConnection.json()
                        ? ApiConnection.JSON.createObjectNode().put("purged", purged)
                        : "%s cancelled.".formatted(purged == 1 ? "1 job was" : purged + " jobs were"));
        return 0;
    }

    private ObjectNode question() {
        ObjectNode question = which.json();
        if (owner != null) {
            question.put("owner", owner);
        }
        if (status != null) {
            question.put("status", status.toUpperCase(Locale.ROOT));
        }
        if (olderThan != null) {
            question.put("older_than_seconds", DurationText.parse(olderThan).toSeconds());
        }
        return reason == null ? question : question.put("reason", reason);
    }

    private static String jobs(JsonNode counted) {
        return "%d%s jobs"
                .formatted(
                        counted.path("remaining").asLong(),
                        counted.path("remaining_is_whole").asBoolean() ? "" : " or more");
    }
}
