package dev.caravan.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One page of the list of media. Some clients read {@code assets}, others {@code items}: they are the same.
 *
 * @param nextCursor where the next page begins, null on the last one
 * @param complete false when the read budget ended the page before it was full: the next one continues from there
 * @param searched entries that were examined for it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record MediaPage(List<?> items, List<?> assets, String nextCursor, boolean complete, int searched) {
    static MediaPage of(SearchPage page) {
        return new MediaPage(page.items(), page.items(), page.nextCursor(), page.complete(), page.searched());
    }
}
