package dev.caravan.recovery;

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

/** The oldest records of a status, by the index that both tables have. It may lag: read the record before acting on it. */
record ByStatus(Records records, String table, String id) {
    static ByStatus ofJobs(Records records, Tables tables) {
        return new ByStatus(records, tables.jobs(), "job_id");
    }

    static ByStatus ofAssets(Records records, Tables tables) {
        return new ByStatus(records, tables.assets(), "asset_id");
    }

    /** @param next where to go on; null where there are no more */
    record Page(List<String> ids, String next) {}

    /**
     * Ids of what was created before {@code before}, oldest first.
     *
     * @param cursor an earlier page's {@code next}, or null for the beginning
     */
    Page oldest(String status, String cursor, String before, int most) {
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .indexName(Tables.BY_STATUS)
                .keyConditionExpression("#status = :status AND created_at < :before")
                .expressionAttributeNames(Map.of("#status", "status"))
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
        return last.get("created_at").s() + " " + last.get(id).s();
    }

    private Map<String, Object> start(String status, String cursor) {
        String[] parts = cursor.split(" ", 2);
        Map<String, Object> key = new HashMap<>(Map.of("status", status, "created_at", parts[0], id, parts[1]));
        if (id.equals("job_id")) {
            key.putAll(Jobs.key(parts[1]));
        }
        return key;
    }
}
