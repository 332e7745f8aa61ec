package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists jobs, newest first. Every condition that is given must hold; with a name they come in its order.")
final class JobsListCommand implements Callable<Integer> {
    /** The maximum number of pages that are followed when they hold few jobs; then the cursor says where to continue. */
    private static final int MAX_PAGES = 20;

    @Mixin
    private ApiConnection apiConnection;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            description = "The id of a job, or what its file's name begins with: two characters at least.")
    private String text;

    @Option(names = "--id", paramLabel = "ID", description = "Only the job with this id.")
    private String id;

    @Option(names = "--asset", paramLabel = "ID", description = "Only jobs on this asset.")
    private String asset;

    @Option(
            names = "--filename",
            paramLabel = "NAME",
            description = "Only jobs on files of exactly this name, in any case.")
    private String filename;

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Only jobs of this pipeline.")
    private String pipeline;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only jobs with this status, or one of several with commas between them: "
                    + "queued, processing, retrying, completed, failed, cancelled.")
    private String status;

    @Option(names = "--step", paramLabel = "STEP", description = "Only jobs that are at this step.")
    private String step;

    @Option(names = "--error", paramLabel = "CODE", description = "Only jobs that failed with this code last.")
    private String error;

    @Option(names = "--owner", paramLabel = "OWNER", description = "Only jobs of this owner.")
    private String owner;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only jobs accepted then or later: 2026-01-14, 2026-01-14T10:00:00Z.")
    private String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only jobs accepted then or earlier; a day counts to its end.")
    private String until;

    @Option(names = "--oldest-first", description = "Turns the order round.")
    private boolean oldestFirst;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "50",
            description = "Most jobs to show, 1 to 200 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Goes on where an earlier list ended.")
    private String cursor;

    @Override
    public Integer call() {
        ObjectNode page = page();
        if (apiConnection.json()) {
            System.out.println(page);
            return 0;
        }
        TextTable table = new TextTable("JOB", "STATUS", "STEP", "%", "PIPELINE", "FILE", "OWNER", "ACCEPTED", "ERROR");
        page.path("items").forEach(job -> row(table, job));
        System.out.println(table.isEmpty() ? "No jobs." : table);
        if (page.path("next_cursor").isTextual()) {
            System.out.printf(
                    "%nMore with --cursor %s%n", page.path("next_cursor").asText());
        }
        return 0;
    }

    /** Collects one page of the caller's size, though the API may return it in several. */
    private ObjectNode page() {
        ObjectNode page = (ObjectNode) apiConnection.get(path(limit, cursor));
        int searched = page.path("searched").asInt();
        for (int more = 1; more < MAX_PAGES && !page.path("complete").asBoolean(true); more++) {
            int left = limit - page.path("items").size();
            JsonNode next =
                    apiConnection.get(path(left, page.path("next_cursor").asText()));
            searched += next.path("searched").asInt();
            next.path("items").forEach(page.withArray("items")::add);
            page.set("next_cursor", next.path("next_cursor"));
            page.set("complete", next.path("complete"));
        }
        return page.put("searched", searched);
    }

    private static void row(TextTable table, JsonNode job) {
        String waits = job.path("waiting_for").asText();
        table.row(
                job.path("job_id").asText(),
                job.path("status").asText() + (waits.isEmpty() ? "" : " (" + waits + ")"),
                job.path("current_step").asText(),
                job.path("progress_percentage").asInt(),
                job.path("pipeline").asText(),
                job.path("source").path("filename").asText(),
                job.path("owner").asText(),
                job.path("created_at").asText(),
                job.path("error").path("code").asText());
    }

    private String path(int most, String from) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("q", text);
        query.put("id", id);
        query.put("asset_id", asset);
        query.put("filename", filename);
        query.put("pipeline", pipeline);
        query.put("status", status);
        query.put("step", step);
        query.put("error_code", error);
        query.put("owner", owner);
        query.put("created_since", since);
        query.put("created_until", until);
        query.put("order", oldestFirst ? "asc" : null);
        query.put("limit", String.valueOf(most));
        query.put("cursor", from);
        return "/api/v1/jobs?"
                + query.entrySet().stream()
                        .filter(each -> each.getValue() != null)
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
