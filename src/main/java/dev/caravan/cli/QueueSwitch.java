package dev.caravan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that select queues; without any option all queues. */
final class QueueSwitch {
    @Option(names = "--pipeline", paramLabel = "NAME", description = "Only jobs of this pipeline.")
    private String pipeline;

    @Option(names = "--priority", paramLabel = "high|normal|low", description = "Only jobs of this priority.")
    private String priority;

    ObjectNode json() {
        ObjectNode json = ApiConnection.JSON.createObjectNode();
        if (pipeline != null) {
            json.put("pipeline", pipeline);
        }
        if (priority != null) {
            json.put("priority", priority.toLowerCase(Locale.ROOT));
        }
        return json;
    }
}
