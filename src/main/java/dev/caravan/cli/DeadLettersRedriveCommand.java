package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description =
                "Puts dead letters back in line, so many a second. Without --yes it only says how many it would be.")
final class DeadLettersRedriveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ApiConnection apiConnection;

    @Mixin
    private DeadLetterOptions which;

    @Parameters(paramLabel = "JOB_ID", arity = "0..*", description = "These; or those that the options say.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All that there are.")
    private boolean all;

    @Option(names = "--rate", paramLabel = "N", description = "Jobs a second, 1 to 50 (default: 5).")
    private Integer rate;

    @Option(names = "--from", paramLabel = "STEP", description = "failed (default), start, or the step to begin with.")
    private String from;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter of each; an empty value takes it away.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Override
    public Integer call() {
        JsonNode redrive = apiConnection.post("/api/v1/dead-letters/redrive", body());
        System.out.println(apiConnection.json() ? redrive : text(redrive));
        return 0;
    }

    private ObjectNode body() {
        ObjectNode body = ApiConnection.JSON.createObjectNode();
        if (all) {
            body.put("all", true);
        } else if (!ids.isEmpty()) {
            ids.forEach(body.putArray("ids")::add);
        } else if (!which.none()) {
            which.into(body.putObject("filter"));
        } else {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Say which: ids of jobs, a filter such as --pipeline or --code, or --all.");
        }
        if (rate != null) {
            body.put("rate", rate);
        }
        if (from != null) {
            body.put("from", from);
        }
        JobEdits.parameters(parameters, body);
        return yes ? body : body.put("dry_run", true);
    }

    private String text(JsonNode redrive) {
        String much = "%s, %s a second, in all about %s s"
                .formatted(
                        redrive.path("total").asLong() == 1
                                ? "1 dead letter"
                                : JobText.text(redrive, "total") + " dead letters",
                        JobText.text(redrive, "rate"),
                        JobText.text(redrive, "seconds"));
        return yes
                ? "%s. Redrive %s goes on by itself; ./caravan dead-letters list shows what is left."
                        .formatted(much, JobText.text(redrive, "redrive_id"))
                : much + ". Nothing was done; --yes does it.";
    }
}
