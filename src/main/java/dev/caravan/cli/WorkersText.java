package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Formats workers as a table, each followed by the jobs that it runs. */
final class WorkersText {
    private WorkersText() {}

    static String of(JsonNode answer) {
        TextTable table = new TextTable("WORKER", "STATE", "JOBS", "ENCODING", "HOST", "PID", "SINCE");
        TextTable runs = new TextTable("JOB", "PIPELINE", "STEP", "DONE", "WORKER", "SINCE");
        for (JsonNode worker : answer.path("workers")) {
            table.row(
                    worker.path("name").asText(),
                    worker.path("state").asText(),
                    worker.path("running").size() + "/"
                            + worker.path("concurrency").asInt(),
                    worker.path("encoding").asInt() + "/" + worker.path("slots").asInt(),
                    worker.path("host").asText(),
                    worker.path("pid").asLong(),
                    worker.path("started_at").asText());
            worker.path("running")
                    .forEach(run -> runs.row(
                            run.path("job_id").asText(),
                            run.path("pipeline").asText(),
                            run.path("step").asText(),
                            run.path("progress").asInt() + " %",
                            worker.path("name").asText(),
                            run.path("since").asText()));
        }
        if (table.isEmpty()) {
            return "No worker lives.";
        }
        String line = System.lineSeparator();
        return table + (runs.isEmpty() ? "" : line + line + runs);
    }
}
