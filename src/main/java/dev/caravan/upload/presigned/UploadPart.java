package dev.caravan.upload.presigned;

import dev.caravan.asset.ExpectedUpload;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the parts in which a file is sent.
 *
 * @param number from 1
 * @param size bytes
 */
record UploadPart(int number, long size) {
    /** Returns all parts of a file that is sent in parts. */
    static List<UploadPart> of(ExpectedUpload announced) {
        List<UploadPart> pieces = new ArrayList<>();
        for (long from = 0; from < announced.size(); from += announced.partSize()) {
            pieces.add(new UploadPart(pieces.size() + 1, Math.min(announced.partSize(), announced.size() - from)));
        }
        return pieces;
    }
}
