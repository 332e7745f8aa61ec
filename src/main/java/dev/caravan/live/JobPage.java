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
 * A job's record and history, read together: they have one partition key.
 *
 * @param job empty where the job does not exist
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

    /** Returns the key of the last event; null where there is none. */
    String lastId() {
        return events.isEmpty() ? null : events.get(events.size() - 1).id();
    }

    /** Tells whether the text is a position in a history, perhaps cut off; {@code 0} is before all events. */
    static boolean isPlace(String id) {
        return id.equals("0") || LiveEvent.isHistory(id);
    }

    /** Tells whether the id is after all events, and not one of them. */
    boolean isBeyond(String id) {
        return after(id).isEmpty() && !id.equals(lastId());
    }

    /** Returns the events after {@code id}. */
    List<LiveEvent> after(String id) {
        return events.stream().filter(event -> event.id().compareTo(id) > 0).toList();
    }

    /** Tells whether no more events will come, and all events were read. */
    boolean complete() {
        return job.filter(found -> found.status().ended()).isPresent()
                && !events.isEmpty()
                && events.get(events.size() - 1).ends();
    }
}
