package dev.caravan.tus;

import dev.caravan.announce.AnnounceSettings;
import dev.caravan.announce.BodyStream;
import dev.caravan.announce.Pieces;
import dev.caravan.asset.Announced;
import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.storage.Deposits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of one PATCH on their way to S3. Whole parts go there as parts; what is left at the end of the request, cut off or
 * not, as an object of its own. After each the offset is written, if it still is what it was: who comes second has lost
 * nothing but time. The last part alone is not counted before the upload is completed: who is cut off in between sends it once
 * more, and so the jobs of a whole file always start.
 */
final class Append {
    private static final Logger LOG = LoggerFactory.getLogger(Append.class);

    private final Tools tools;
    private final UploadChecksum checksum;
    private Asset asset;
    /** Bytes that are in S3, counted or not. */
    private long offset;

    /** What it works with. */
    record Tools(Deposits deposits, Records records, Assets assets, AnnounceSettings settings, Path folder) {}

    /** @param checksum of the body, or null; with one, nothing counts before all of it has come */
    Append(Tools tools, Asset asset, UploadChecksum checksum) {
        this.tools = tools;
        this.asset = asset;
        this.checksum = checksum;
        this.offset = asset.announced().offset();
    }

    /**
     * @return whether all bytes of the file are in S3; else {@link #offset} says how many
     * @throws IOException when the client has gone; what had come is kept
     */
    boolean run(InputStream request) throws IOException {
        InputStream body = checksum == null ? request : new DigestInputStream(request, checksum.digest());
        long partSize = announced().partSize();
        try (Pieces piece =
                Pieces.in(tools.folder(), partSize + tools.settings().leastDisk())) {
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
                    requireEnd(body);
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

    /** What came before a cut is kept - unless it was to be checked as a whole. */
    private void fill(Pieces piece, InputStream body, long start, long whole) throws IOException {
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

    /** When the upload is complete, nobody needs what was kept of its last part. */
    void settle() {
        if (announced().rest() != null) {
            forget(announced().rest());
        }
    }

    private Announced announced() {
        return asset.announced();
    }

    private void check() {
        if (checksum != null) {
            checksum.check();
        }
    }

    private void put(Pieces piece, long start) {
        int number = (int) (start / announced().partSize()) + 1;
        tools.deposits().putPart(asset.source().key(), announced().uploadId(), number, piece.file(), piece.size());
    }

    /** Writes what makes no whole part, and counts it. */
    private void keep(Pieces piece, long start) {
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
        try {
            asset = Assets.read(tools.records()
                    .update(tools.assets()
                            .writeOf(asset)
                            .set("announced.offset", offset)
                            .set("announced.rest", rest)));
        } catch (ConditionFailed elsewhere) {
            throw new ProblemException(
                    ProblemCode.UPLOAD_OFFSET_DIFFERS,
                    "Another request wrote to this upload meanwhile",
                    "Ask for its offset with HEAD, and go on there.");
        }
        if (before != null) {
            forget(before);
        }
    }

    /** What stays nevertheless is named by no record, and goes with the reconciler. */
    private void forget(String key) {
        try {
            tools.deposits().remove(key);
        } catch (SdkException e) {
            LOG.debug("could not remove {}: {}", key, e.getMessage());
        }
    }

    /** A client that went away when it had sent everything is not asked for more. */
    private static void requireEnd(InputStream body) throws IOException {
        try {
            if (body.read() >= 0) {
                throw new ProblemException(
                        ProblemCode.UPLOAD_TOO_LARGE,
                        "More bytes came than Upload-Length had announced",
                        "Create another upload, with the length that the file has.");
            }
        } catch (BodyStream.Gone everythingIsHere) {
            return;
        }
    }
}
