package dev.caravan.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page begins, null on the last one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Page(List<?> items, String nextCursor) {

    /** @param entries from the index: one more than the limit when there is another page */
    static Page of(List<?> items, List<Position> entries, int limit) {
        return new Page(items, entries.size() > limit ? entries.get(limit - 1).cursor() : null);
    }
}
