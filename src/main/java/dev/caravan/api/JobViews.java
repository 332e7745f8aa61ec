package dev.caravan.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.StepRecord;
import dev.caravan.records.BatchRead;
import dev.caravan.records.Items;
import dev.caravan.records.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;

/** What the routes under {@code /api/v1/jobs} call. A job is shown as its record has it, without the inner bookkeeping. */
public final class JobViews {
    private static final String RECORD = "job";
    private static final Set<String> INNER = Set.of("ready", "schema_version");
    private static final Map<String, String> STATUSES = statuses();

    private final StatusIndex index;
    private final BatchRead batch;
    private final String table;

    JobViews(StatusIndex index, BatchRead batch, String table) {
        this.index = index;
        this.batch = batch;
        this.table = table;
    }

    private static Map<String, String> statuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        Stream.of(JobStatus.values())
                .forEach(status -> statuses.put(status.name().toLowerCase(Locale.ROOT), status.name()));
        return statuses;
    }

    /** @return a page, newest first */
    public Page list(Exchange exchange) {
        ListQuery query = ListQuery.of(QueryString.of(exchange), STATUSES);
        List<Position> entries = index.entries(query);
        List<Map<String, String>> keys = entries.stream()
                .limit(query.limit())
                .map(entry -> Map.of("job_id", entry.id(), "item", RECORD))
                .toList();
        List<ObjectNode> jobs = batch.get(table, keys).stream()
                .map(JobViews::view)
                .filter(job -> query.statuses().contains(job.path("status").asText()))
                .toList();
        return Page.of(jobs, entries, query.limit());
    }

    /** The record and its history lie under one key, and the record sorts last: read backwards, one query brings both. */
    public Map<String, Condition> conditions(@Header("job_id") String id) {
        return Map.of(
                "job_id",
                Condition.builder()
                        .comparisonOperator(ComparisonOperator.EQ)
                        .attributeValueList(Items.attribute(id))
                        .build());
    }

    /** @throws ProblemException {@code UNKNOWN_JOB} */
    public ObjectNode show(
            @Header("job_id") String id, @Header(Ddb2Constants.ITEMS) List<Map<String, AttributeValue>> items) {
        ObjectNode job = items.stream()
                .filter(item -> RECORD.equals(item.get("item").s()))
                .findFirst()
                .map(JobViews::view)
                .orElseThrow(() -> unknown(id));
        job.set("history", Json.MAPPER.valueToTree(history(items)));
        return job;
    }

    /** Events from the first to the last. */
    private static List<Map<String, Object>> history(List<Map<String, AttributeValue>> items) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (Map<String, AttributeValue> item : items) {
            if (item.get("item").s().startsWith("history#")) {
                Map<String, Object> event = Items.map(item);
                event.keySet().removeAll(Set.of("job_id", "item"));
                events.add(event);
            }
        }
        Collections.reverse(events);
        return events;
    }

    private static ObjectNode view(Map<String, AttributeValue> item) {
        return view(Json.convert(Items.map(item), Job.class));
    }

    /** With what follows from the record, and without what is of no use to anybody else. */
    static ObjectNode view(Job job) {
        ObjectNode view = Json.MAPPER.valueToTree(job);
        view.put("attempts_made", attempts(job)).put("max_attempts", job.maxRetries() + 1);
        if (job.expiresAt() != null) {
            view.put("expires_at", Instant.ofEpochSecond(job.expiresAt()).toString());
        }
        return view.remove(INNER);
    }

    /** Runs of the step that the job is at: the one that failed, else the running one, else the last that is done. */
    static int attempts(Job job) {
        int recorded = Stream.of(
                        job.error() == null ? null : job.error().step(), job.currentStep(), job.lastSuccessfulStep())
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(job::step)
                .map(StepRecord::attempts)
                .orElse(0);
        // The first run of a step is written down with its end.
        return job.lease() == null ? recorded : Math.max(1, recorded);
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemCode.UNKNOWN_JOB,
                "There is no job with the id " + id,
                "GET /api/v1/jobs lists those that there are.");
    }
}
