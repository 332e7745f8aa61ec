package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists jobs that failed for good, the newest first, with their cause.")
final class DeadLettersListCommand implements Callable<Integer> {

    @Mixin
    private ApiConnection apiConnection;

    @Mixin
    private DeadLetterOptions which;

    @Option(names = "--limit", defaultValue = "50", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--cursor", description = "Goes on where an earlier list ended.")
    private String cursor;

    @Override
    public Integer call() {
        String from = cursor == null ? "" : "&cursor=" + ApiConnection.encoded(cursor);
        JsonNode page = apiConnection.get("/api/v1/dead-letters?limit=" + limit + which.query() + from);
        System.out.println(apiConnection.json() ? page : text(page));
        return 0;
    }

    private static String text(JsonNode page) {
        TextTable table = new TextTable("FAILED", "JOB", "PIPELINE", "STEP", "TRIES", "CODE", "FILE", "WHY");
        page.path("items")
                .forEach(letter -> table.row(
                        JobText.text(letter, "finished_at"),
                        JobText.text(letter, "job_id"),
                        JobText.text(letter, "pipeline"),
                        JobText.text(letter, "step"),
                        JobText.text(letter, "attempts"),
                        letter.at("/error/code").asText(),
                        JobText.text(letter, "filename"),
                        letter.at("/error/message").asText()));
        if (table.isEmpty()) {
            return "There are no dead letters.";
        }
        return page.hasNonNull("next_cursor")
                ? "%s%n%nMore: --cursor %s".formatted(table, JobText.text(page, "next_cursor"))
                : table.toString();
    }
}
