package dev.caravan.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.TreeSet;

/**
 * Puts entries of the same millisecond in the order of their ids. An index has no order among equal sort keys that could be
 * relied on, and a cursor must not fall between two of them at random.
 */
final class SameMillisecond implements Iterator<Position> {
    private final Iterator<Position> index;
    private final Deque<Position> sorted = new ArrayDeque<>();
    private Position ahead;

    /** @param index entries by time, newest first */
    SameMillisecond(Iterator<Position> index) {
        this.index = index;
    }

    @Override
    public boolean hasNext() {
        return !sorted.isEmpty() || ahead != null || index.hasNext();
    }

    @Override
    public Position next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (sorted.isEmpty()) {
            sort();
        }
        return sorted.remove();
    }

    private void sort() {
        TreeSet<Position> same = new TreeSet<>();
        same.add(ahead == null ? index.next() : ahead);
        ahead = null;
        while (ahead == null && index.hasNext()) {
            Position next = index.next();
            if (next.createdAt().equals(same.first().createdAt())) {
                same.add(next);
            } else {
                ahead = next;
            }
        }
        sorted.addAll(same);
    }
}
