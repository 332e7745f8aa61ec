package dev.caravan.control;

import dev.caravan.job.Job;
import dev.caravan.job.JobFields;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Finds waiting jobs by the index by status, the oldest first in each status, page by page. */
final class QueuedJobs {
    private final Records records;
    private final Tables tables;

    QueuedJobs(Records records, Tables tables) {
        this.records = records;
        this.tables = tables;
    }

    /**
     * A position in the index.
     *
     * @param createdAt null for the beginning of the status
     */
    record Place(JobStatus status, String createdAt, String jobId) {}

    /** @param examined entries that were read, of which {@code found} match */
    record Found(List<Place> found, int examined, Place next) {}

    /**
     * Reads one page.
     *
     * @param from where the page before ended
     * @return with a null {@code next} at the end
     */
    Found page(QueuedJobFilter which, Place from, int most) {
        QueryResponse answer = records.query(request(which, from, most));
        List<Place> found =
                answer.items().stream().map(item -> place(from.status(), item)).toList();
        Place next = answer.hasLastEvaluatedKey()
                ? place(from.status(), answer.lastEvaluatedKey())
                : after(which, from.status());
        return new Found(holdNoLease(which, from.status(), found), answer.scannedCount(), next);
    }

    static Place first(QueuedJobFilter which) {
        return new Place(which.statuses().get(0), null, null);
    }

    private static Place after(QueuedJobFilter which, JobStatus status) {
        int following = which.statuses().indexOf(status) + 1;
        return following < which.statuses().size() ? new Place(which.statuses().get(following), null, null) : null;
    }

    /** A job that is QUEUED always waits; one that is RETRYING may do so on its worker, which only its record tells. */
    private List<Place> holdNoLease(QueuedJobFilter which, JobStatus status, List<Place> found) {
        if (status == JobStatus.QUEUED) {
            return found;
        }
        List<Map<String, Object>> keys =
                found.stream().map(place -> Jobs.key(place.jobId())).toList();
        Map<String, Job> jobs = new HashMap<>();
        records.get(tables.jobs(), keys).stream().map(Jobs::read).forEach(job -> jobs.put(job.jobId(), job));
        return found.stream()
                .filter(place -> jobs.containsKey(place.jobId()) && which.includes(jobs.get(place.jobId())))
                .toList();
    }

    private QueryRequest request(QueuedJobFilter which, Place from, int most) {
        Map<String, String> names =
                new HashMap<>(Map.of("#status", JobFields.STATUS, "#created", JobFields.CREATED_AT));
        Map<String, Object> values =
                new HashMap<>(Map.of(":status", from.status().name(), ":before", which.acceptedBefore()));
        List<String> filters = new ArrayList<>();
        filter(JobFields.PIPELINE, which.pipeline(), names, values, filters);
        filter(JobFields.OWNER, which.owner(), names, values, filters);
        filter(
                JobFields.PRIORITY,
                which.priority() == null ? null : which.priority().number(),
                names,
                values,
                filters);
        return QueryRequest.builder()
                .tableName(tables.jobs())
                .indexName(Tables.BY_STATUS)
                .keyConditionExpression("#status = :status AND #created <= :before")
                .filterExpression(filters.isEmpty() ? null : String.join(" AND ", filters))
                .expressionAttributeNames(names)
                .expressionAttributeValues(Items.attributes(values))
                .exclusiveStartKey(from.createdAt() == null ? null : key(from))
                .limit(most)
                .build();
    }

    private static void filter(
            String name, Object value, Map<String, String> names, Map<String, Object> values, List<String> filters) {
        if (value != null) {
            names.put("#" + name, name);
            values.put(":" + name, value);
            filters.add("#%s = :%s".formatted(name, name));
        }
    }

    private static Map<String, AttributeValue> key(Place place) {
        Map<String, Object> key = new HashMap<>(Jobs.key(place.jobId()));
        key.put(JobFields.STATUS, place.status().name());
        key.put(JobFields.CREATED_AT, place.createdAt());
        return Items.attributes(key);
    }

    private static Place place(JobStatus status, Map<String, AttributeValue> item) {
        return new Place(
                status,
                item.get(JobFields.CREATED_AT).s(),
                item.get(JobFields.JOB_ID).s());
    }
}
