package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Holds jobs back: all, of a pipeline, of a priority. Jobs that run go on.")
final class QueuesPauseCommand implements Callable<Integer> {
    @Mixin
    private ApiConnection apiConnection;

    @Mixin
    private QueueSwitch which;

    @Option(names = "--reason", description = "For those who find the queue paused.")
    private String reason;

    @Override
    public Integer call() {
        ObjectNode order = which.json().put("by", System.getProperty("user.name"));
        if (reason != null) {
            order.put("reason", reason);
        }
        JsonNode answer = apiConnection.post("/api/v1/queues/pause", order);
        System.out.println(
                apiConnection.json() ? answer : PauseText.text(answer).strip());
        return 0;
    }
}
