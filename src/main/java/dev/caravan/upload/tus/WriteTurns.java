package dev.caravan.upload.tus;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets one request of this process at a time write to an upload. A request that begins where the previous one is takes
 * over, since a client that resumes is often quicker than the news that its old connection is gone; the bytes of the
 * previous one are kept first. A request that begins elsewhere is refused, and disturbs no other.
 */
final class WriteTurns {
    private final ConcurrentMap<String, WriteTurn> turns = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience for the end of the previous request */
    WriteTurns(Duration patience) {
        this.patience = patience;
    }

    Optional<WriteTurn> of(String upload) {
        return Optional.ofNullable(turns.get(upload));
    }

    /** @throws ProblemException {@code UPLOAD_OFFSET_DIFFERS} */
    WriteTurn take(String upload, long from, WriteTurn.Cut cut) {
        WriteTurn mine = new WriteTurn(from, cut);
        for (WriteTurn other; (other = turns.putIfAbsent(upload, mine)) != null; ) {
            if (!other.handOver(from)) {
                throw offsetDiffers(other.reached(), from);
            } else if (!other.ended(patience)) {
                throw new ProblemException(
                        ProblemCode.UPLOAD_OFFSET_DIFFERS,
                        "The bytes of an earlier request are still being stored",
                        "Ask for the offset with HEAD in a few seconds, and go on there.");
            }
        }
        return mine;
    }

    void end(String upload, WriteTurn mine) {
        turns.remove(upload, mine);
        mine.end();
    }

    static ProblemException offsetDiffers(long stands, long from) {
        return new ProblemException(
                ProblemCode.UPLOAD_OFFSET_DIFFERS,
                "The upload stands at %d, and the request goes on at %d".formatted(stands, from),
                "Ask for its offset with HEAD, and go on there.");
    }

    static ProblemException takenOver() {
        return new ProblemException(
                ProblemCode.UPLOAD_OFFSET_DIFFERS,
                "Another request writes to this upload now",
                "Ask for its offset with HEAD, and go on there; send one file from one place.");
    }
}
