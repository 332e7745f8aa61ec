package dev.caravan.announce;

import dev.caravan.asset.Announced;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the parts in which a file comes.
 *
 * @param number from 1
 * @param size bytes
 */
record Piece(int number, long size) {
    /** All parts of a file that comes in parts. */
    static List<Piece> of(Announced announced) {
        List<Piece> pieces = new ArrayList<>();
        for (long from = 0; from < announced.size(); from += announced.partSize()) {
            pieces.add(new Piece(pieces.size() + 1, Math.min(announced.partSize(), announced.size() - from)));
        }
        return pieces;
    }
}
