package dev.caravan.live;

import dev.caravan.job.Job;
import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * A job's record and what happened to it, read at once: they lie under one key.
 *
 * @param job empty where there is none
 * @param events of the history, from the first to the last
 */
record JobPage(Optional<Job> job, List<LiveEvent> events) {

    static JobPage read(Records records, Tables tables, String jobId) {
        Optional<Job> job = Optional.empty();
        List<LiveEvent> events = new ArrayList<>();
        QueryRequest request = QueryRequest.builder()
                .tableName(tables.jobs())
                .keyConditionExpression(JobFields.JOB_ID + " = :job")
                .expressionAttributeValues(Items.attributes(Map.of(":job", jobId)))
                .consistentRead(true)
                .build();
        QueryResponse page;
        do {
            page = records.query(request);
            for (Map<String, AttributeValue> item : page.items()) {
                String key = item.get(JobFields.ITEM).s();
                if (LiveEvent.isHistory(key)) {
                    events.add(LiveEvent.of(Items.map(item)));
                } else if (key.equals("job")) {
                    job = Optional.of(Jobs.read(item));
                }
            }
            request = request.toBuilder()
                    .exclusiveStartKey(page.lastEvaluatedKey())
                    .build();
        } while (page.hasLastEvaluatedKey());
        return new JobPage(job, events);
    }

    /** The key of the last event; null where there is none. */
    String lastId() {
        return events.isEmpty() ? null : events.get(events.size() - 1).id();
    }

    /** Whether the text is a place in a history, be it cut off; {@code 0} is before all. */
    static boolean isPlace(String id) {
        return id.equals("0") || LiveEvent.isHistory(id);
    }

    /** Whether the id lies behind all events, and is none of them. */
    boolean isBeyond(String id) {
        return after(id).isEmpty() && !id.equals(lastId());
    }

    /** The events that a client who has seen {@code id} has not. */
    List<LiveEvent> after(String id) {
        return events.stream().filter(event -> event.id().compareTo(id) > 0).toList();
    }

    /** Whether nothing more will happen, and all that did was read. */
    boolean complete() {
        return job.filter(found -> found.status().ended()).isPresent()
                && !events.isEmpty()
                && events.get(events.size() - 1).ends();
    }
}
