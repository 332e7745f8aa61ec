package dev.caravan.upload.tus;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.asset.ExpectedUpload;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Write;
import dev.caravan.storage.BucketUploads;
import dev.caravan.upload.presigned.BodyStream;
import dev.caravan.upload.presigned.PresignedUploadSettings;
import dev.caravan.upload.presigned.UploadParts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * Writes the bytes of one PATCH to S3. Whole parts are stored as parts; the rest at the end of the request, interrupted or
 * not, as a separate object. Each request has a number, written to the record before its first byte: its parts have numbers
 * that no other request uses, and none of it counts once the record names a later request. The last part alone advances no
 * offset before the upload is completed: a request that is interrupted in between is sent once more, and so the jobs of a
 * whole file always start.
 */
final class Append {
    private static final Logger LOG = LoggerFactory.getLogger(Append.class);

    private final Tools tools;
    private final UploadChecksum checksum;
    private final WriteTurn turn;
    private final int writer;
    private Asset asset;
    /** Bytes that are in S3, counted or not. */
    private long offset;
    /** Parts that count, in their order. */
    private List<BucketUploads.Part> parts;

    /** The parts of the program that it uses. */
    record Tools(
            BucketUploads deposits, Records records, Assets assets, PresignedUploadSettings settings, Path folder) {}

    /**
     * @param asset whose record names this request as the writer
     * @param checksum of the body, or null; with one, nothing counts before the whole body has come
     */
    Append(Tools tools, Asset asset, UploadChecksum checksum, WriteTurn turn) {
        this.tools = tools;
        this.asset = asset;
        this.checksum = checksum;
        this.turn = turn;
        this.writer = asset.announced().writer();
        this.offset = asset.announced().offset();
        this.parts = PartNumbers.counted(asset, tools.deposits());
    }

    /**
     * @return whether all bytes of the file are in S3; else {@link #offset} says how many
     * @throws IOException when the client has left or a later request took over; the bytes before that are kept
     */
    boolean run(InputStream request) throws IOException {
        InputStream coming = new Coming(request);
        InputStream body = checksum == null ? coming : new DigestInputStream(coming, checksum.digest());
        long partSize = announced().partSize();
        try (UploadParts piece =
                UploadParts.in(tools.folder(), partSize + tools.settings().leastDisk())) {
            if (announced().rest() != null) {
                try (InputStream rest = tools.deposits().open(announced().rest())) {
                    piece.fill(rest, partSize);
                }
            }
            while (true) {
                long start = offset - offset % partSize;
                long whole = Math.min(partSize, announced().size() - start);
                boolean last = start + whole == announced().size();
                fill(piece, body, start, whole);
                if (piece.size() < whole) {
                    check();
                    keep(piece, start);
                    return false;
                } else if (last) {
                    requireEnd(request);
                    check();
                    put(piece, start);
                    return true;
                }
                put(piece, start);
                offset = start + whole;
                if (checksum == null) {
                    count(null);
                }
                piece.clear();
            }
        }
    }

    /** Counts bytes as they come, unless their checksum covers the whole body. */
    private final class Coming extends FilterInputStream {
        Coming(InputStream from) {
            super(from);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = in.read(bytes, from, length);
            turn.came(checksum == null && read > 0 ? read : 0);
            return read;
        }
    }

    /** Keeps what came before an interruption - unless a checksum covers the whole body. */
    private void fill(UploadParts piece, InputStream body, long start, long whole) throws IOException {
        try {
            piece.fill(body, whole);
        } catch (IOException | ProblemException cut) {
            if (checksum == null) {
                keep(piece, start);
            }
            throw cut;
        }
    }

    long offset() {
        return offset;
    }

    /** Removes the separate object of the last part when the upload is complete. */
    void settle() {
        if (announced().rest() != null) {
            forget(announced().rest());
        }
    }

    private ExpectedUpload announced() {
        return asset.announced();
    }

    private void check() {
        if (checksum != null) {
            checksum.check();
        }
    }

    private void put(UploadParts piece, long start) throws IOException {
        int index = (int) (start / announced().partSize());
        boolean last = start + piece.size() == announced().size();
        String key = asset.source().key();
        try {
            BucketUploads.Part part = tools.deposits()
                    .putPart(key, announced().uploadId(), PartNumbers.of(index, writer), piece.file(), piece.size());
            parts = Stream.concat(parts.stream().limit(index), Stream.of(part)).toList();
        } catch (NoSuchUploadException putTogether) {
            // A process that died at this point had made the object of its parts, of these bytes or of others.
            if (!last || !tools.deposits().endsWith(key, announced().size(), start, piece.file())) {
                throw WriteTurns.takenOver();
            }
            return;
        }
        if (last) {
            update(write -> write);
        }
    }

    /** Writes bytes that are no whole part, and counts them. */
    private void keep(UploadParts piece, long start) {
        if (start + piece.size() == announced().offset()) {
            return;
        }
        offset = start + piece.size();
        if (piece.size() == 0) {
            count(null);
            return;
        }
        String key = asset.source().key() + "-rest-" + UUID.randomUUID();
        tools.deposits().put(key, piece.file(), "application/octet-stream");
        try {
            count(key);
        } catch (ProblemException lost) {
            forget(key);
            throw lost;
        }
    }

    private void count(String rest) {
        String before = announced().rest();
        update(write -> write.set("announced.offset", offset).set("announced.rest", rest));
        if (before != null) {
            forget(before);
        }
    }

    /** Updates the record. A change of another field is no reason to lose bytes; another writer is. */
    private void update(UnaryOperator<Write> change) {
        while (true) {
            Write write = tools.assets().writeOf(asset).set("announced.parts", PartNumbers.texts(parts));
            try {
                asset = Assets.read(tools.records().update(change.apply(write)));
                return;
            } catch (ConditionFailed changed) {
                asset = Optional.of(changed.found())
                        .filter(found -> !found.isEmpty())
                        .map(Assets::read)
                        .filter(this::stillMine)
                        .orElseThrow(WriteTurns::takenOver);
            }
        }
    }

    private boolean stillMine(Asset now) {
        return !now.deleted()
                && now.announced() != null
                && now.announced().jobs() == null
                && Integer.valueOf(writer).equals(now.announced().writer());
    }

    /** Removes an object. If that fails, no record names it, and the reconciler removes it. */
    private void forget(String key) {
        try {
            tools.deposits().remove(key);
        } catch (SdkException e) {
            LOG.debug("could not remove {}: {}", key, e.getMessage());
        }
    }

    /** Checks the end. A client that left after it had sent everything loses nothing. */
    private static void requireEnd(InputStream body) throws IOException {
        try {
            if (body.read() >= 0) {
                throw new ProblemException(
                        ProblemCode.UPLOAD_TOO_LARGE,
                        "More bytes came than Upload-Length had announced",
                        "Create another upload, with the length that the file has.");
            }
        } catch (BodyStream.Gone | WriteTurn.HandedOver everythingIsHere) {
            return;
        }
    }
}
