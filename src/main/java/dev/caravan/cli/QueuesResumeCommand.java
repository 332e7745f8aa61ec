package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Lets jobs go on that were paused with the same options. Says what is paused still.")
final class QueuesResumeCommand implements Callable<Integer> {
    @Mixin
    private ApiConnection apiConnection;

    @Mixin
    private QueueSwitch which;

    @Override
    public Integer call() {
        JsonNode answer = apiConnection.post("/api/v1/queues/resume", which.json());
        String still = PauseText.text(answer).strip();
        System.out.println(apiConnection.json() ? answer : still.isEmpty() ? "Nothing is paused." : still);
        return 0;
    }
}
