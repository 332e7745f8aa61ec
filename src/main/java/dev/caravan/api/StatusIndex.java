package dev.caravan.api;

import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the records of one table by time, over the index by status. Without a status it merges the partitions of all
 * statuses, since one partition for "all" would take every write of the table.
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

    /** Returns the entries that {@code query} selects, and one more if there is one. */
    List<Position> entries(ListQuery query) {
        return entries(query.statuses(), TimeRange.ALL, query.after(), TimeOrder.NEWEST_FIRST, query.limit() + 1)
                .map(IndexEntry::position)
                .skip(query.skip())
                .limit(query.limit() + 1L)
                .toList();
    }

    /**
     * Returns the entries after {@code after}, read as far as they are needed.
     *
     * @param after null for all
     * @param page entries of one status that are read at the same time
     */
    Stream<IndexEntry> entries(Collection<String> statuses, TimeRange time, Position after, TimeOrder order, int page) {
        TimeRange left = time.below(after, order);
        List<SameMillisecond<IndexEntry>> partitions = (left.isEmpty() ? List.<String>of() : statuses)
                .stream()
                        .map(status -> new SameMillisecond<>(partition(status, left, order, page), order))
                        .toList();
        return NewestFirst.merge(partitions, after, order);
    }

    private Iterator<IndexEntry> partition(String status, TimeRange time, TimeOrder order, int page) {
        boolean forward = order == TimeOrder.OLDEST_FIRST;
        IndexPart part = new IndexPart(table, Tables.BY_STATUS, "status", status, "created_at", forward, page);
        return part.read(records, time.since(), time.until(), filter)
                .map(item -> IndexEntry.of(item, idAttribute))
                .iterator();
    }
}
