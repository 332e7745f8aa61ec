package dev.caravan.api;

import dev.caravan.records.Items;
import dev.caravan.records.Records;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * One partition of an index, or a range of it. It is read page by page, no further than needed.
 *
 * @param hash attribute that names the partition
 * @param range attribute that the partition is sorted by
 * @param forward from the smallest range value to the largest
 * @param page entries that are read at the same time
 */
record IndexPart(String table, String index, String hash, String partition, String range, boolean forward, int page) {
    private static final String BETWEEN = " AND #range BETWEEN :from AND :to";

    /**
     * @param from null for no lower end
     * @param to null for no upper end, else not below {@code from}
     */
    Stream<Map<String, AttributeValue>> read(Records records, String from, String to, StatusIndex.Filter filter) {
        QueryRequest request = request(from, to, filter);
        return Stream.iterate(records.query(request), read -> read != null, read -> next(records, request, read))
                .flatMap(read -> read.items().stream());
    }

    private static QueryResponse next(Records records, QueryRequest request, QueryResponse read) {
        return read.hasLastEvaluatedKey()
                ? records.query(request.toBuilder()
                        .exclusiveStartKey(read.lastEvaluatedKey())
                        .build())
                : null;
    }

    private QueryRequest request(String from, String to, StatusIndex.Filter filter) {
        Map<String, String> names = new HashMap<>(filter.names());
        Map<String, AttributeValue> values = new HashMap<>(filter.values());
        names.put("#hash", hash);
        values.put(":hash", Items.attribute(partition));
        String condition = "#hash = :hash";
        if (from != null || to != null) {
            names.put("#range", range);
            condition += from == null ? " AND #range <= :to" : to == null ? " AND #range >= :from" : BETWEEN;
        }
        put(values, ":from", from);
        put(values, ":to", to);
        return QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .keyConditionExpression(condition)
                .filterExpression(filter.expression())
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .scanIndexForward(forward)
                .limit(page)
                .build();
    }

    private static void put(Map<String, AttributeValue> values, String name, String value) {
        if (value != null) {
            values.put(name, Items.attribute(value));
        }
    }
}
