package dev.caravan.api;

import java.util.Iterator;
import java.util.function.Function;

/**
 * Records in the order of one index, below the place that a cursor names.
 *
 * @param cursor of the place of an entry
 */
record EntryList(Iterator<IndexEntry> entries, Function<IndexEntry, String> cursor) {}
