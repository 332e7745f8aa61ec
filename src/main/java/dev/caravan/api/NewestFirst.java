package dev.caravan.api;

import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Merges lists by time into one, reading no further than needed. */
final class NewestFirst {
    private NewestFirst() {}

    /** Merges from newest to oldest. */
    static <T extends Positioned> Stream<T> merge(List<? extends Iterator<T>> lists, Position after) {
        return merge(lists, after, TimeOrder.NEWEST_FIRST);
    }

    /**
     * Merges the entries after {@code after}. An entry in two lists - the index still follows a change of status - comes
     * once.
     *
     * @param after null for all
     * @param order of the lists, and of the result
     */
    static <T extends Positioned> Stream<T> merge(List<? extends Iterator<T>> lists, Position after, TimeOrder order) {
        Iterator<T> merged = new Merged<>(lists, order);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED), false)
                .filter(entry -> order.isAfter(entry, after));
    }

    private static final class Merged<T extends Positioned> implements Iterator<T> {
        private final TimeOrder order;
        private final PriorityQueue<Head<T>> heads;

        Merged(List<? extends Iterator<T>> lists, TimeOrder order) {
            this.order = order;
            heads = new PriorityQueue<>((one, other) -> order.compare(one.entry(), other.entry()));
            lists.forEach(this::offer);
        }

        private void offer(Iterator<T> list) {
            if (list.hasNext()) {
                heads.add(new Head<>(list.next(), list));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public T next() {
            T entry = heads.element().entry();
            while (!heads.isEmpty() && order.compare(heads.element().entry(), entry) == 0) {
                offer(heads.remove().rest());
            }
            return entry;
        }
    }

    private record Head<T>(T entry, Iterator<T> rest) {}
}
