package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Lets a job that has ended go on, and says which of its steps run.")
final class JobsRetryCommand implements Callable<Integer> {

    @Mixin
    private ApiConnection apiConnection;

    @Mixin
    private JobEdits edits;

    @Parameters(paramLabel = "JOB_ID", description = "The job.")
    private String jobId;

    @Option(
            names = "--from",
            paramLabel = "STEP",
            description = "failed (default), start, or the step to begin with. A completed job needs it.")
    private String from;

    @Option(names = "--dry-run", description = "Only says what would be done.")
    private boolean dryRun;

    @Override
    public Integer call() {
        ObjectNode body = edits.into(ApiConnection.JSON.createObjectNode());
        if (from != null) {
            body.put("from", from);
        }
        if (dryRun) {
            body.put("dry_run", true);
        }
        JsonNode job = apiConnection.post("/api/v1/jobs/" + ApiConnection.encoded(jobId) + "/retry", body);
        System.out.println(apiConnection.json() ? job : text(job));
        return 0;
    }

    private String text(JsonNode job) {
        TextTable plan = new TextTable("STEP", "", "WHY");
        job.path("plan")
                .forEach(step ->
                        plan.row(JobText.text(step, "step"), JobText.text(step, "action"), JobText.text(step, "why")));
        String runs = StreamSupport.stream(job.path("plan").spliterator(), false)
                .filter(step -> !JobText.text(step, "action").equals("reuse"))
                .filter(step -> !JobText.text(step, "action").equals("gone"))
                .map(step -> JobText.text(step, "step"))
                .collect(Collectors.joining(", "));
        String says = dryRun ? "would run" : "is in line and runs";
        return "%s%n%nJob %s %s: %s.".formatted(plan, jobId, says, runs.isEmpty() ? "nothing but its end" : runs);
    }
}
