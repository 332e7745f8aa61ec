package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Cancels a job; one that runs is ended at once.")
final class JobsCancelCommand implements Callable<Integer> {

    @Mixin
    private ApiConnection apiConnection;

    @Parameters(paramLabel = "JOB_ID", description = "The job.")
    private String jobId;

    @Option(names = "--reason", paramLabel = "TEXT", description = "For the job's history.")
    private String reason;

    @Override
    public Integer call() {
        ObjectNode body = ApiConnection.JSON.createObjectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        JsonNode job = apiConnection.post("/api/v1/jobs/" + ApiConnection.encoded(jobId) + "/cancel", body);
        System.out.println(apiConnection.json() ? job : "Job %s is cancelled.".formatted(jobId));
        return 0;
    }
}
