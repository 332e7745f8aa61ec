package dev.caravan.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One page of a search.
 *
 * @param nextCursor where the next page begins, null on the last one
 * @param complete false when the read budget ended the page before it was full: the next one continues from there
 * @param searched entries that were examined for it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SearchPage(List<?> items, String nextCursor, boolean complete, int searched) {}
