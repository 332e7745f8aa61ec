package dev.caravan.api;

import dev.caravan.control.DeadLetter;
import java.util.Iterator;

/** Iterates over dead letters as places in a list. */
record DeadPositions(Iterator<DeadLetter> letters) implements Iterator<Position> {
    @Override
    public boolean hasNext() {
        return letters.hasNext();
    }

    @Override
    public Position next() {
        DeadLetter letter = letters.next();
        return new Position(letter.finishedAt(), letter.jobId());
    }
}
