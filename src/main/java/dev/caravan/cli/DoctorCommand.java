package dev.caravan.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.Caravan;
import dev.caravan.DoctorRun;
import dev.caravan.ops.Diagnosis;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Looks at everything that Caravan needs, running or not, and says what to do."
                + " Exit code 0 healthy, 1 degraded, 2 unhealthy.")
final class DoctorCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", description = "Prints the findings as JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Optional<RunState> state = RunState.read(Caravan.settings(Map.of()).path("caravan.data"));
        Diagnosis diagnosis = DoctorRun.examine(
                System.getenv(),
                state.map(running ->
                        new DoctorRun.Running(running.api(), running.s3().endpoint())));
        System.out.println(json ? JSON.writeValueAsString(diagnosis) : text(diagnosis));
        return diagnosis.exitCode();
    }

    private static String text(Diagnosis diagnosis) {
        TextTable table = new TextTable("CHECK", "VERDICT", "FOUND", "DETAILS");
        StringBuilder advice = new StringBuilder();
        for (Diagnosis.Line line : diagnosis.checks()) {
            table.row(line.name(), line.verdict(), line.found(), details(line.details()));
            if (line.message() != null) {
                advice.append("%n%s: %s%n".formatted(line.name(), line.message()));
            }
            if (line.advice() != null) {
                advice.append("  %s%n".formatted(line.advice()));
            }
        }
        return "%s%n%s%nAll in all: %s".formatted(table, advice, diagnosis.status());
    }

    private static String details(Map<String, ?> details) {
        return details.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .reduce((left, right) -> left + ", " + right)
                .orElse("");
    }
}
