package dev.caravan.work;

import dev.caravan.job.Jobs;
import dev.caravan.job.Priority;
import dev.caravan.job.Ready;
import dev.caravan.records.Items;
import dev.caravan.records.Tables;
import dev.caravan.records.Timestamps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The jobs that wait for a worker and are due, oldest first in each priority. */
public final class ReadyIndex {
    private static final int MOST_PAGES = 20;

    private final Jobs jobs;

    public ReadyIndex(Jobs jobs) {
        this.jobs = jobs;
    }

    /**
     * The first due jobs of one priority.
     *
     * @param pipelines only these; never empty
     * @param most entries per shard
     */
    public List<ReadyJob> due(Priority priority, Collection<String> pipelines, int most) {
        List<ReadyJob> found = new ArrayList<>();
        for (int shard = 0; shard < jobs.shards(); shard++) {
            found.addAll(page(Ready.partition(priority.number(), shard), pipelines, most));
        }
        return found;
    }

    /** The limit counts before the filter, so a page may be empty although more entries follow. */
    private List<ReadyJob> page(String partition, Collection<String> pipelines, int most) {
        List<ReadyJob> found = new ArrayList<>();
        QueryRequest request = request(partition, pipelines, most);
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            QueryResponse answer = jobs.records().query(request);
            answer.items().forEach(item -> found.add(ReadyJob.read(item)));
            if (found.size() >= most || !answer.hasLastEvaluatedKey()) {
                break;
            }
            request = request.toBuilder()
                    .exclusiveStartKey(answer.lastEvaluatedKey())
                    .build();
        }
        return found;
    }

    private QueryRequest request(String partition, Collection<String> pipelines, int most) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        values.put(":ready", Items.attribute(partition));
        values.put(":now", Items.attribute(Timestamps.now(jobs.clock())));
        List<String> names = new ArrayList<>();
        for (String pipeline : pipelines) {
            names.add(":p" + names.size());
            values.put(names.get(names.size() - 1), Items.attribute(pipeline));
        }
        return QueryRequest.builder()
                .tableName(jobs.tables().jobs())
                .indexName(Tables.READY)
                .keyConditionExpression("ready = :ready AND due_at <= :now")
                .filterExpression("pipeline IN (" + String.join(", ", names) + ")")
                .expressionAttributeValues(values)
                .limit(most)
                .build();
    }
}
