package dev.caravan.api;

import dev.caravan.records.BatchRead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Searches along an index page by page. A page examines no more entries than its budget allows: it may be short, and its
 * cursor continues from there.
 */
final class BudgetedScan {
    /** Records that are read at the same time, if only the record shows a match. */
    private static final int BATCH = 100;

    private final BatchRead batch;
    private final String table;
    private final String idAttribute;
    private final Function<String, Map<String, ?>> key;
    private final int budget;

    /** The condition of a search. */
    interface Filter {
        /**
         * Says whether only the record shows a match: no index has the attribute, or the index of this search has it late.
         */
        boolean needsRecords();

        /** Says whether many entries may have to be examined for one match. */
        boolean isNarrow();

        /** Says whether the record may match, according to its entry in the index. */
        boolean mayShow(Map<String, AttributeValue> entry);

        boolean shows(Map<String, AttributeValue> item);
    }

    /**
     * @param key of the record with an id
     * @param budget entries that one page may examine
     */
    BudgetedScan(BatchRead batch, String table, String idAttribute, Function<String, Map<String, ?>> key, int budget) {
        this.batch = batch;
        this.table = table;
        this.idAttribute = idAttribute;
        this.key = key;
        this.budget = budget;
    }

    /** Returns the number of entries to read in advance for a page. */
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
