package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        description = "Lets a worker take nothing new and finish what it runs, until it is resumed or started again.")
final class WorkersDrainCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 1000;

    @Mixin
    private ApiConnection apiConnection;

    @Mixin
    private WorkerChoice choice;

    @Option(names = "--reason", description = "For those who find it drained.")
    private String reason;

    @Option(names = "--wait", description = "Returns when nothing runs there any more.")
    private boolean wait;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode order = ApiConnection.JSON.createObjectNode().put("by", System.getProperty("user.name"));
        if (reason != null) {
            order.put("reason", reason);
        }
        JsonNode answer = apiConnection.post(choice.path("drain"), order);
        while (wait && !drained(answer)) {
            Thread.sleep(PAUSE_MILLIS);
            answer = choice.of(apiConnection.get("/api/v1/workers"));
        }
        System.out.println(apiConnection.json() ? answer : WorkersText.of(answer));
        return 0;
    }

    /** Workers that no longer exist run nothing either. */
    private static boolean drained(JsonNode answer) {
        return StreamSupport.stream(answer.path("workers").spliterator(), false)
                .allMatch(worker -> "drained".equals(worker.path("state").asText()));
    }
}
