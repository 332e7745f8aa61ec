package dev.caravan.api;

import dev.caravan.records.BatchRead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Pages of a search along an index. One looks at no more entries than its budget allows: it comes back short, and its cursor
 * goes on from there.
 */
final class BudgetedScan {
    /** Records that are read at once, where only they can tell. */
    private static final int BATCH = 100;

    private final BatchRead batch;
    private final String table;
    private final String idAttribute;
    private final Function<String, Map<String, ?>> key;
    private final int budget;

    /** What is looked for. */
    interface Filter {
        /** Whether only the record can tell: no index has it, or the index that is gone along has it late. */
        boolean needsRecords();

        /** Whether many entries may have to be looked at for one that is shown. */
        boolean isNarrow();

        /** Whether the record may be shown, by what an index has of it. */
        boolean mayShow(Map<String, AttributeValue> entry);

        boolean shows(Map<String, AttributeValue> item);
    }

    /**
     * @param key of the record with an id
     * @param budget entries that one page may look at
     */
    BudgetedScan(BatchRead batch, String table, String idAttribute, Function<String, Map<String, ?>> key, int budget) {
        this.batch = batch;
        this.table = table;
        this.idAttribute = idAttribute;
        this.key = key;
        this.budget = budget;
    }

    /** Entries that are well read at once for a page. */
    int ahead(Filter filter, int limit) {
        return filter.isNarrow() ? most(limit) / 4 : limit + 1;
    }

    private int most(int limit) {
        return Math.max(budget, limit);
    }

    <T> SearchPage page(EntryList list, Filter filter, int limit, Function<Map<String, AttributeValue>, T> view) {
        List<T> found = new ArrayList<>();
        IndexEntry last = null;
        boolean more = list.entries().hasNext();
        int searched = 0;
        while (more && found.size() < limit && searched < most(limit)) {
            List<IndexEntry> looked = new ArrayList<>();
            Map<String, IndexEntry> candidates = new LinkedHashMap<>();
            int wanted = filter.needsRecords() ? BATCH : limit - found.size();
            while (candidates.size() < wanted
                    && searched + looked.size() < most(limit)
                    && list.entries().hasNext()) {
                IndexEntry entry = list.entries().next();
                looked.add(entry);
                if (filter.mayShow(entry.item())) {
                    candidates.put(entry.id(), entry);
                }
            }
            last = looked.get(looked.size() - 1);
            more = list.entries().hasNext();
            for (Map<String, AttributeValue> item :
                    read(candidates.keySet().stream().toList())) {
                if (filter.shows(item)) {
                    found.add(view.apply(item));
                    if (found.size() == limit) {
                        IndexEntry full = candidates.get(item.get(idAttribute).s());
                        more |= full != last;
                        last = full;
                        break;
                    }
                }
            }
            searched += looked.size();
        }
        boolean complete = !more || found.size() == limit;
        return new SearchPage(found, more ? list.cursor().apply(last) : null, complete, searched);
    }

    private List<Map<String, AttributeValue>> read(List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : batch.get(table, ids.stream().map(key).toList());
    }
}
