package dev.caravan.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One answer of the list of media. Some clients read {@code assets}, others {@code items}: they are the same.
 *
 * @param nextCursor where the next page goes on, null on the last one
 * @param complete false when the read budget ended the page before it was full: the next one goes on from there
 * @param searched entries that were looked at for it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record MediaPage(List<?> items, List<?> assets, String nextCursor, boolean complete, int searched) {
    static MediaPage of(SearchPage page) {
        return new MediaPage(page.items(), page.items(), page.nextCursor(), page.complete(), page.searched());
    }
}
