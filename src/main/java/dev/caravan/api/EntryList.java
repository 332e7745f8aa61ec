package dev.caravan.api;

import java.util.Iterator;
import java.util.function.Function;

/**
 * The entries of one index in its order, after the place that a cursor names.
 *
 * @param cursor of the place of an entry
 */
record EntryList(Iterator<IndexEntry> entries, Function<IndexEntry, String> cursor) {}
