package dev.caravan.api;

import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The records of one table from newest to oldest, over the index by status. No status is asked for: the partitions of all are
 * merged, since one partition for "all" would take every write of the table.
 */
final class StatusIndex {
    private final Records records;
    private final String table;
    private final String idAttribute;
    private final Filter filter;

    /**
     * Leaves entries out. The index must project the attributes that it names.
     *
     * @param expression null to leave out none
     */
    record Filter(String expression, Map<String, String> names, Map<String, AttributeValue> values) {
        static final Filter NONE = new Filter(null, Map.of(), Map.of());
    }

    StatusIndex(Records records, String table, String idAttribute, Filter filter) {
        this.records = records;
        this.table = table;
        this.idAttribute = idAttribute;
        this.filter = filter;
    }

    /** The entries that {@code query} asks for, and one more if there is one. */
    List<Position> entries(ListQuery query) {
        List<SameMillisecond> partitions = query.statuses().stream()
                .map(status -> new SameMillisecond(partition(status, query)))
                .toList();
        return NewestFirst.merge(partitions, query.after())
                .skip(query.skip())
                .limit(query.limit() + 1L)
                .toList();
    }

    private Iterator<Position> partition(String status, ListQuery query) {
        QueryRequest request = request(status, query);
        return Stream.iterate(records.query(request), page -> page != null, page -> nextPage(request, page))
                .flatMap(page -> page.items().stream())
                .map(item -> new Position(
                        item.get("created_at").s(), item.get(idAttribute).s()))
                .iterator();
    }

    private QueryResponse nextPage(QueryRequest request, QueryResponse page) {
        return page.hasLastEvaluatedKey()
                ? records.query(request.toBuilder()
                        .exclusiveStartKey(page.lastEvaluatedKey())
                        .build())
                : null;
    }

    private QueryRequest request(String status, ListQuery query) {
        Map<String, String> names = new HashMap<>(filter.names());
        Map<String, AttributeValue> values = new HashMap<>(filter.values());
        names.put("#status", "status");
        values.put(":status", Items.attribute(status));
        String key = "#status = :status";
        if (query.after() != null) {
            values.put(":after", Items.attribute(query.after().createdAt()));
            key += " AND created_at <= :after";
        }
        return QueryRequest.builder()
                .tableName(table)
                .indexName(Tables.BY_STATUS)
                .keyConditionExpression(key)
                .filterExpression(filter.expression())
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .scanIndexForward(false)
                .limit(query.limit() + 1)
                .build();
    }
}
