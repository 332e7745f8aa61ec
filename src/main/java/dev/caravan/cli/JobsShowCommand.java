package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one job: where it stands, its steps, its failure, and what happened when.")
final class JobsShowCommand implements Callable<Integer> {

    @Mixin
    private ApiConnection apiConnection;

    @Parameters(paramLabel = "JOB_ID", description = "The job.")
    private String jobId;

    @Override
    public Integer call() {
        JsonNode job = apiConnection.get("/api/v1/jobs/" + ApiConnection.encoded(jobId));
        System.out.println(apiConnection.json() ? job : JobText.of(job));
        return 0;
    }
}
