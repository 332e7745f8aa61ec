package dev.caravan.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.Caravan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says whether Caravan runs, where, and how it is. Exit code 3 when it does not run.")
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_RUNNING = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", description = "One line of JSON for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Optional<RunState> running = RunState.read(Caravan.settings(Map.of()).path("caravan.data"));
        if (running.isEmpty()) {
            System.err.println("Caravan is not running.");
            return NOT_RUNNING;
        }
        String health = Health.of(running.get().api());
        System.out.println(json ? json(running.get(), health) : text(running.get(), health));
        return 0;
    }

    private static String json(RunState state, String health) throws IOException {
        ObjectNode node = JSON.valueToTree(state);
        node.remove("pid");
        return JSON.writeValueAsString(node.put("health", health).put("pid", state.pid()));
    }

    private static String text(RunState state, String health) {
        return "Caravan is running as process %d, %s.%n%n%s".formatted(state.pid(), health, ReadyTable.lines(state));
    }
}
