package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Changes priority, time or parameters of a job that waits; of one that runs the priority.")
final class JobsSetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ApiConnection apiConnection;

    @Mixin
    private JobEdits edits;

    @Parameters(paramLabel = "JOB_ID", description = "The job.")
    private String jobId;

    @Override
    public Integer call() {
        if (edits.none()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Say what to change: --priority, --run-at or --parameter.");
        }
        JsonNode job = apiConnection.patch(
                "/api/v1/jobs/" + ApiConnection.encoded(jobId), edits.into(ApiConnection.JSON.createObjectNode()));
        System.out.println(apiConnection.json() ? job : JobText.of(job));
        return 0;
    }
}
