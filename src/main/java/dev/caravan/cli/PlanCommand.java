package dev.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.Caravan;
import dev.caravan.durable.PipelinePlan;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Says what will happen to a job of a pipeline, step by step, and on failure, in seconds. Needs no running Caravan.")
final class PlanCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(arity = "0..1", paramLabel = "PIPELINE", description = "Its name; without one they are listed.")
    private String pipeline;

    @Option(names = "--json", description = "Prints the plan as JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<PipelinePlan> plans = Caravan.plans();
        if (pipeline == null) {
            System.out.println(json ? JSON.writeValueAsString(plans) : list(plans));
            return 0;
        }
        PipelinePlan plan = plans.stream()
                .filter(each -> each.pipeline().equals(pipeline))
                .findFirst()
                .orElseThrow(() -> new ApiConnection.Refused("There is no pipeline %s; there are %s."
                        .formatted(
                                pipeline,
                                plans.stream().map(PipelinePlan::pipeline).collect(Collectors.joining(", ")))));
        print(plan);
        return 0;
    }

    private void print(PipelinePlan plan) throws JsonProcessingException {
        if (json) {
            System.out.println(JSON.writeValueAsString(plan));
        } else {
            System.out.print(PlanText.of(plan));
        }
    }

    private static String list(List<PipelinePlan> plans) {
        TextTable table = new TextTable("PIPELINE", "STEPS", "PRIORITY", "WAITS AT MOST", "DESCRIPTION");
        plans.forEach(plan -> table.row(
                plan.pipeline(),
                String.join(
                        " ", plan.steps().stream().map(PipelinePlan.Step::id).toList()),
                plan.priority(),
                "%.0f s".formatted(plan.maxWaitSeconds()),
                plan.description()));
        return table.toString();
    }
}
