package dev.caravan.recovery;

import dev.caravan.asset.Assets;
import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Finds the oldest records of a status by the index that both tables have. It may lag: read the record before acting on it.
 */
record OldestByStatus(Records records, String table, String id) {
    static OldestByStatus ofJobs(Records records, Tables tables) {
        return new OldestByStatus(records, tables.jobs(), JobFields.JOB_ID);
    }

    static OldestByStatus ofAssets(Records records, Tables tables) {
        return new OldestByStatus(records, tables.assets(), Assets.ID);
    }

    /** @param next where to continue; null where there are no more */
    record Page(List<String> ids, String next) {}

    /**
     * Ids of records that were created before {@code before}, oldest first.
     *
     * @param cursor an earlier page's {@code next}, or null for the beginning
     */
    Page oldest(String status, String cursor, String before, int most) {
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .indexName(Tables.BY_STATUS)
                .keyConditionExpression("#status = :status AND #created < :before")
                .expressionAttributeNames(Map.of("#status", JobFields.STATUS, "#created", JobFields.CREATED_AT))
                .expressionAttributeValues(Items.attributes(Map.of(":status", status, ":before", before)))
                .limit(most);
        if (cursor != null) {
            request.exclusiveStartKey(Items.attributes(start(status, cursor)));
        }
        QueryResponse answer = records.query(request.build());
        List<String> ids = answer.items().stream().map(item -> item.get(id).s()).toList();
        return new Page(ids, answer.hasLastEvaluatedKey() ? next(answer.lastEvaluatedKey()) : null);
    }

    private String next(Map<String, AttributeValue> last) {
        return last.get(JobFields.CREATED_AT).s() + " " + last.get(id).s();
    }

    private Map<String, Object> start(String status, String cursor) {
        String[] parts = cursor.split(" ", 2);
        Map<String, Object> key =
                new HashMap<>(Map.of(JobFields.STATUS, status, JobFields.CREATED_AT, parts[0], id, parts[1]));
        if (id.equals(JobFields.JOB_ID)) {
            key.putAll(Jobs.key(parts[1]));
        }
        return key;
    }
}
