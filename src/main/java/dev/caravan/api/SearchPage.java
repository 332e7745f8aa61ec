package dev.caravan.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One answer of a search.
 *
 * @param nextCursor where the next page goes on, null on the last one
 * @param complete false when the read budget ended the page before it was full: the next one goes on from there
 * @param searched entries that were looked at for it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SearchPage(List<?> items, String nextCursor, boolean complete, int searched) {}
