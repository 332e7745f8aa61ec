package dev.caravan.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.Caravan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        Path data = Caravan.settings(Map.of()).path("caravan.data");
        Optional<RunState> main = RunState.read(data);
        List<RunState> joined = RunState.joined(data);
        if (main.isEmpty() && joined.isEmpty()) {
            System.err.println("Caravan is not running.");
            return NOT_RUNNING;
        }
        System.out.println(json ? json(main, joined) : text(main, joined));
        return 0;
    }

    private static String json(Optional<RunState> main, List<RunState> joined) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        main.ifPresent(state -> {
            node.put("api", state.api()).set("s3", JSON.valueToTree(state.s3()));
            node.put("data", state.data()).put("log", state.log());
            RunningHealth health = RunningHealth.of(state.api());
            node.put("health", health.word());
            health.remarks().forEach(node.putArray("remarks")::add);
            node.put("pid", state.pid());
        });
        ArrayNode processes = node.putArray("joined");
        for (RunState state : joined) {
            ObjectNode process = processes.addObject().put("name", state.name());
            state.roles().forEach(process.putArray("roles")::add);
            process.put("probes", state.api()).put("log", state.log());
            process.put("health", RunningHealth.of(state.api()).word()).put("pid", state.pid());
        }
        return JSON.writeValueAsString(node);
    }

    private static String text(RunState state) {
        RunningHealth health = RunningHealth.of(state.api());
        String remarks = health.remarks().stream().map("%n  %s"::formatted).collect(Collectors.joining());
        return "Caravan is running as process %d, %s.%s%n%n%s"
                .formatted(state.pid(), health.word(), remarks, ReadyTable.lines(state));
    }

    private static String text(Optional<RunState> main, List<RunState> joined) {
        String text = main.map(StatusCommand::text).orElse("Caravan itself does not run here.");
        if (joined.isEmpty()) {
            return text;
        }
        TextTable table = new TextTable("JOINED", "ROLES", "PROCESS", "HEALTH", "PROBES");
        joined.forEach(state -> table.row(
                state.name(),
                String.join(",", state.roles()),
                state.pid(),
                RunningHealth.of(state.api()).word(),
                state.api()));
        return text + System.lineSeparator() + System.lineSeparator() + table;
    }
}
