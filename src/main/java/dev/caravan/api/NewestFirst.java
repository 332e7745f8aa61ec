package dev.caravan.api;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Merges lists that run from newest to oldest into one, reading no further than is asked for. */
final class NewestFirst {
    private NewestFirst() {}

    /**
     * The entries below {@code after}. An entry that two lists have - the index is still following a change of status - comes
     * once.
     *
     * @param after null for all
     */
    static Stream<Position> merge(List<? extends Iterator<Position>> lists, Position after) {
        Iterator<Position> merged = new Merged(lists);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED), false)
                .filter(entry -> after == null || entry.compareTo(after) > 0);
    }

    private static final class Merged implements Iterator<Position> {
        private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::entry));

        Merged(List<? extends Iterator<Position>> lists) {
            lists.forEach(this::offer);
        }

        private void offer(Iterator<Position> list) {
            if (list.hasNext()) {
                heads.add(new Head(list.next(), list));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Position next() {
            Position entry = heads.element().entry();
            while (!heads.isEmpty() && heads.element().entry().equals(entry)) {
                offer(heads.remove().rest());
            }
            return entry;
        }
    }

    private record Head(Position entry, Iterator<Position> rest) {}
}
