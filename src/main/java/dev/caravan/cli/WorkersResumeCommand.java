package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "resume", mixinStandardHelpOptions = true, description = "Lets a drained worker work again.")
final class WorkersResumeCommand implements Callable<Integer> {
    @Mixin
    private ApiConnection apiConnection;

    @Mixin
    private WorkerChoice choice;

    @Override
    public Integer call() {
        JsonNode answer = apiConnection.post(choice.path("resume"), null);
        System.out.println(apiConnection.json() ? answer : WorkersText.of(answer));
        return 0;
    }
}
