package dev.caravan.api;

import java.util.Iterator;
import java.util.function.Function;

/**
 * Jobs in the order of one index, below the place that a cursor names.
 *
 * @param cursor of the place of an entry
 */
record JobList(Iterator<Entry> entries, Function<Entry, String> cursor) {}
