package dev.caravan.control;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the next dead letters of a redrive: from its ids, or by its filter, the oldest first in each pipeline. */
final class RedriveScan {
    private static final int PAGE = 50;

    private final DeadLetterIndex index;
    private final Redrive redrive;
    private final List<Redrive.Cursor> ahead = new ArrayList<>();
    private Redrive.Cursor last;

    RedriveScan(DeadLetterIndex index, Redrive redrive) {
        this.index = index;
        this.redrive = redrive;
        this.last = redrive.cursor();
    }

    /** The next one, as a cursor at its position; empty at the end. */
    Optional<Redrive.Cursor> next() {
        if (ahead.isEmpty()) {
            fill();
        }
        if (ahead.isEmpty()) {
            return Optional.empty();
        }
        last = ahead.remove(0);
        return Optional.of(last);
    }

    private void fill() {
        if (redrive.ids() != null) {
            int looked = last == null ? 0 : last.looked();
            List<String> ids = redrive.ids();
            for (int place = looked; place < Math.min(ids.size(), looked + PAGE); place++) {
                ahead.add(new Redrive.Cursor(null, null, ids.get(place), place + 1));
            }
            return;
        }
        for (String pipeline : index.pipelines(redrive.filter())) {
            int past = last == null ? 1 : pipeline.compareTo(last.pipeline());
            if (ahead.isEmpty() && past >= 0) {
                fill(pipeline, past == 0 ? last : null);
            }
        }
    }

    /** Dead letters of one millisecond come together and sorted, so that the cursor always divides them in the same way. */
    private void fill(String pipeline, Redrive.Cursor after) {
        DeadLetterFilter filter = redrive.filter().notAfter(redrive.createdAt());
        Iterator<DeadLetter> letters =
                index.oldestFirst(pipeline, after == null ? filter : filter.notBefore(after.finishedAt()), PAGE);
        TreeSet<DeadLetter> found = new TreeSet<>(DeadLetter.BY_TIME);
        while (letters.hasNext()) {
            DeadLetter letter = letters.next();
            boolean newTime = found.isEmpty() || !found.last().finishedAt().equals(letter.finishedAt());
            if (newTime && found.size() >= PAGE) {
                break;
            }
            if (after == null || isPast(letter, after)) {
                found.add(letter);
            }
        }
        found.forEach(letter -> ahead.add(new Redrive.Cursor(pipeline, letter.finishedAt(), letter.jobId(), 0)));
    }

    private static boolean isPast(DeadLetter letter, Redrive.Cursor cursor) {
        int time = letter.finishedAt().compareTo(cursor.finishedAt());
        return time > 0 || time == 0 && letter.jobId().compareTo(cursor.jobId()) > 0;
    }
}
