package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Shows how a job gets on until it ends. Exit code 0 when it completed, 1 when it did not.")
final class JobsWatchCommand implements Callable<Integer> {
    private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED");
    private static final int MAX_SILENT_TRIES = 30;
    /** Milliseconds. */
    private static final int BETWEEN_TRIES = 1_000;

    @Mixin
    private ApiConnection apiConnection;

    @Parameters(paramLabel = "JOB", description = "The id of the job.")
    private String jobId;

    private final WatchLine line = new WatchLine(System.out);
    private String status = "";

    @Override
    public Integer call() throws InterruptedException {
        String path = "/api/v1/jobs/" + URLEncoder.encode(jobId, StandardCharsets.UTF_8) + "/events";
        EventLines lines = new EventLines();
        Consumer<String> read = text -> lines.accept(text).ifPresent(this::show);
        int silent = 0;
        while (true) {
            silent = apiConnection.follow(path, lines.lastId(), read) ? 0 : silent + 1;
            if (ENDS.contains(status)) {
                break;
            } else if (silent > MAX_SILENT_TRIES) {
                throw new ApiConnection.Refused("%s does not answer".formatted(apiConnection.base()));
            }
            Thread.sleep(BETWEEN_TRIES);
        }
        line.close();
        return status.equals("COMPLETED") ? 0 : 1;
    }

    private void show(JsonNode event) {
        status = event.path("status").asText(status);
        if (apiConnection.json()) {
            System.out.println(event);
        } else {
            line.show(event);
        }
    }
}
