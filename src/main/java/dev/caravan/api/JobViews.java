package dev.caravan.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.control.QueuePauses;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.job.Job;
import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.job.Priority;
import dev.caravan.job.StepRecord;
import dev.caravan.json.Json;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Header;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;

/** Shows jobs to the routes under {@code /api/v1/jobs}: the fields of the record without its internal ones. */
public final class JobViews {
    private static final String RECORD = "job";
    private static final String DUE = "due";
    private static final String PAUSED = "paused";
    private static final Set<String> INNER = Set.of(JobFields.READY, JobFields.SCHEMA_VERSION);

    private final Clock clock;
    private final QueuePauses queuePauses;

    JobViews(Clock clock, QueuePauses queuePauses) {
        this.clock = clock;
        this.queuePauses = queuePauses;
    }

    /**
     * Finds the record and its history, which share a key; the record sorts last: read backwards, one query returns both.
     */
    public Map<String, Condition> conditions(@Header("job_id") String id) {
        if (!Records.canBeKey(Map.of(JobFields.JOB_ID, id))) {
            throw unknown(id);
        }
        return Map.of(
                JobFields.JOB_ID,
                Condition.builder()
                        .comparisonOperator(ComparisonOperator.EQ)
                        .attributeValueList(Items.attribute(id))
                        .build());
    }

    /** @throws ProblemException {@code UNKNOWN_JOB} */
    public ObjectNode show(
            @Header("job_id") String id, @Header(Ddb2Constants.ITEMS) List<Map<String, AttributeValue>> items) {
        ObjectNode job = items.stream()
                .filter(item -> RECORD.equals(item.get(JobFields.ITEM).s()))
                .findFirst()
                .map(this::shown)
                .orElseThrow(() -> unknown(id));
        job.set("history", Json.MAPPER.valueToTree(history(items)));
        return job;
    }

    /** Returns the events from the first to the last. */
    private static List<Map<String, Object>> history(List<Map<String, AttributeValue>> items) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (Map<String, AttributeValue> item : items) {
            if (item.get(JobFields.ITEM).s().startsWith("history#")) {
                Map<String, Object> event = Items.map(item);
                event.keySet().removeAll(Set.of(JobFields.JOB_ID, JobFields.ITEM));
                events.add(event);
            }
        }
        Collections.reverse(events);
        return events;
    }

    /** Returns the current view of the record. */
    ObjectNode shown(Map<String, AttributeValue> item) {
        Job job = Jobs.read(item);
        ObjectNode view = view(job);
        String reason = waitingFor(job, clock.instant());
        return reason == null ? view.without(JobFields.WAITING_FOR) : view.put(JobFields.WAITING_FOR, reason);
    }

    /** Returns what the job waits for now; the record has what it waited for when it was written. */
    private String waitingFor(Job job, Instant now) {
        if (job.ready() == null) {
            return null;
        }
        boolean later = job.dueAt() != null && Instant.parse(job.dueAt()).isAfter(now);
        if (!later && queuePauses.now().paused(job.pipeline(), Priority.nearest(job.priority()))) {
            return PAUSED;
        }
        boolean byTime = job.waitingFor() == null || job.waitingFor().equals(DUE);
        return byTime ? later ? DUE : null : job.waitingFor();
    }

    /** Returns the record with derived fields, and without those of no use to clients. */
    static ObjectNode view(Job job) {
        ObjectNode view = Json.MAPPER.valueToTree(job);
        view.put("attempts_made", attempts(job)).put("max_attempts", job.maxRetries() + 1);
        if (job.expiresAt() != null) {
            view.put(
                    JobFields.EXPIRES_AT, Instant.ofEpochSecond(job.expiresAt()).toString());
        }
        return view.remove(INNER);
    }

    /** Returns the runs of the job's current step: the one that failed, else the running one, else the last finished one. */
    static int attempts(Job job) {
        int recorded = Stream.of(
                        job.error() == null ? null : job.error().step(), job.currentStep(), job.lastSuccessfulStep())
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(job::step)
                .map(StepRecord::attempts)
                .orElse(0);
        // The first run of a step is recorded when it ends.
        return job.lease() == null ? recorded : Math.max(1, recorded);
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemCode.UNKNOWN_JOB,
                "There is no job with the id " + id,
                "GET /api/v1/jobs lists those that there are.");
    }
}
