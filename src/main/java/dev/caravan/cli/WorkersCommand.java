package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        description = "Lists the workers that live and what they run; drains them.",
        subcommands = {WorkersDrainCommand.class, WorkersResumeCommand.class})
final class WorkersCommand implements Callable<Integer> {
    @Mixin
    private ApiConnection apiConnection;

    @Override
    public Integer call() {
        JsonNode answer = apiConnection.get("/api/v1/workers");
        System.out.println(apiConnection.json() ? answer : WorkersText.of(answer));
        return 0;
    }
}
