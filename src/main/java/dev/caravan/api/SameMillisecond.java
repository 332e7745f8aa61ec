package dev.caravan.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.TreeSet;

/**
 * Sorts entries of the same millisecond by their ids. An index has no reliable order among equal sort keys, and a cursor
 * must not fall between two of them at random.
 */
final class SameMillisecond<T extends Positioned> implements Iterator<T> {
    private final Iterator<T> index;
    private final TimeOrder order;
    private final Deque<T> sorted = new ArrayDeque<>();
    private T ahead;

    /** @param index entries by time, newest first */
    SameMillisecond(Iterator<T> index) {
        this(index, TimeOrder.NEWEST_FIRST);
    }

    /** @param index entries by time, in that order */
    SameMillisecond(Iterator<T> index, TimeOrder order) {
        this.index = index;
        this.order = order;
    }

    @Override
    public boolean hasNext() {
        return !sorted.isEmpty() || ahead != null || index.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (sorted.isEmpty()) {
            sort();
        }
        return sorted.remove();
    }

    private void sort() {
        TreeSet<T> same = new TreeSet<>(order::compare);
        same.add(ahead == null ? index.next() : ahead);
        ahead = null;
        while (ahead == null && index.hasNext()) {
            T next = index.next();
            if (time(next).equals(time(same.first()))) {
                same.add(next);
            } else {
                ahead = next;
            }
        }
        sorted.addAll(same);
    }

    private String time(T entry) {
        return entry.position().createdAt();
    }
}
