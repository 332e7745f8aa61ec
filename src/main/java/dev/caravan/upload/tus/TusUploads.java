package dev.caravan.upload.tus;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.asset.ExpectedUpload;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.records.ConditionFailed;
import dev.caravan.upload.presigned.BodyStream;
import dev.caravan.upload.presigned.PresignedUploadSettings;
import dev.caravan.upload.presigned.PresignedUploads;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Creates, continues, shows and ends uploads by tus. */
final class TusUploads {
    /** Longest wait for received bytes to be stored, and for a file to be completed. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PresignedUploads presignedUploads;
    private final Append.Tools tools;
    private final Consumer<String> complete;
    private final Consumer<String> delete;
    private final WriteTurns turns = new WriteTurns(PATIENCE);

    /**
     * @param complete of an asset all of whose bytes are in S3, by its id
     * @param delete of an asset, with all its objects
     */
    TusUploads(
            PresignedUploads presignedUploads, Append.Tools tools, Consumer<String> complete, Consumer<String> delete) {
        this.presignedUploads = presignedUploads;
        this.tools = tools;
        this.complete = complete;
        this.delete = delete;
    }

    /**
     * The state of an upload.
     *
     * @param expires when the upload can no longer be continued
     * @param metadata as its client sent it, or null
     */
    record Standing(String id, long offset, long length, Instant expires, String metadata) {
        static Standing of(Asset asset) {
            ExpectedUpload expectedUpload = asset.announced();
            return new Standing(
                    asset.assetId(),
                    expectedUpload.jobs() == null ? expectedUpload.offset() : expectedUpload.size(),
                    expectedUpload.size(),
                    Instant.parse(expectedUpload.expiresAt()),
                    expectedUpload.uploadMetadata());
        }

        Standing at(long newOffset) {
            return new Standing(id, newOffset, length, expires, metadata);
        }
    }

    PresignedUploadSettings settings() {
        return tools.settings();
    }

    Standing create(long length, UploadMetadata metadata) {
        PresignedUploads.Wish wish = new PresignedUploads.Wish(
                metadata.owner(),
                metadata.type(),
                metadata.filename(),
                metadata.contentType(),
                length,
                null,
                null,
                null,
                null,
                null);
        Asset asset = presignedUploads.announce(wish, null);
        Asset inParts = presignedUploads.inParts(asset, tools.settings().partSize(length));
        return Standing.of(Assets.read(tools.records()
                .update(tools.assets()
                        .writeOf(inParts)
                        .set("announced.offset", 0)
                        .set("announced.upload_metadata", metadata.text()))));
    }

    /**
     * Returns the state; its offset includes bytes that a request of this process has received but not stored yet.
     *
     * @throws ProblemException {@code UNKNOWN_ASSET}, {@code UPLOAD_EXPIRED}
     */
    Standing look(String id) {
        Standing recorded = recorded(id);
        WriteTurn turn = turns.of(id).orElse(null);
        if (turn == null) {
            return recorded;
        }
        long reached = turn.reached();
        if (reached < recorded.length()) {
            return reached > recorded.offset() ? recorded.at(reached) : recorded;
        }
        // All bytes are here; the check of the file takes a moment.
        turn.ended(PATIENCE);
        return recorded(id);
    }

    private Standing recorded(String id) {
        Asset asset = presignedUploads.find(id);
        return Standing.of(asset.announced().jobs() == null ? open(id) : known(asset));
    }

    /**
     * Appends the bytes of a request.
     *
     * @param from offset at which the client wants to continue
     * @param checksum of these bytes, or null
     * @throws IOException when the client has left; the bytes before that are kept
     * @throws ProblemException {@code UPLOAD_OFFSET_DIFFERS} also when a later request took over; then none of the bytes
     *     that the later one sends are from this one
     */
    Standing append(String id, long from, long length, UploadChecksum checksum, BodyStream bytes) throws IOException {
        WriteTurn turn = turns.take(id, from, bytes::cut);
        try {
            return append(id, from, length, checksum, bytes, turn);
        } catch (WriteTurn.HandedOver later) {
            throw WriteTurns.takenOver();
        } finally {
            turns.end(id, turn);
        }
    }

    private Standing append(
            String id, long from, long length, UploadChecksum checksum, InputStream bytes, WriteTurn turn)
            throws IOException {
        Standing before = recorded(id);
        if (from != before.offset()) {
            throw WriteTurns.offsetDiffers(before.offset(), from);
        } else if (length > before.length() - from) {
            throw new ProblemException(
                    ProblemCode.UPLOAD_TOO_LARGE,
                    "%d bytes are missing, and %d would come".formatted(before.length() - from, length),
                    "Create another upload, with the length that the file has.");
        } else if (before.offset() == before.length()) {
            return before;
        }
        Append append = new Append(tools, claimed(id, from), checksum, turn);
        if (!append.run(bytes)) {
            return before.at(append.offset());
        }
        complete.accept(id);
        append.settle();
        return before.at(before.length());
    }

    /** Claims the upload: from now on nothing counts that another request sends. */
    private Asset claimed(String id, long from) {
        while (true) {
            Asset asset = open(id);
            ExpectedUpload expectedUpload = asset.announced();
            if (expectedUpload.offset() != from) {
                throw WriteTurns.offsetDiffers(expectedUpload.offset(), from);
            }
            int writer = expectedUpload.writer() == null ? 0 : expectedUpload.writer() + 1;
            try {
                return Assets.read(
                        tools.records().update(tools.assets().writeOf(asset).set("announced.writer", writer)));
            } catch (ConditionFailed changed) {
                continue;
            }
        }
    }

    /** @throws ProblemException {@code UNKNOWN_ASSET}, {@code UPLOAD_COMPLETED}, {@code UPLOAD_EXPIRED} */
    void end(String id) {
        Asset asset = open(id);
        turns.of(id).ifPresent(WriteTurn::stop);
        tools.deposits().abort(asset.source().key(), asset.announced().uploadId());
        delete.accept(id);
    }

    private Asset open(String id) {
        return known(presignedUploads.open(id));
    }

    private static Asset known(Asset asset) {
        if (asset.announced().offset() == null) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_ASSET,
                    "The file of the asset %s does not come by tus".formatted(asset.assetId()),
                    "Put it where the answer to POST /api/v1/media/initiate said.");
        }
        return asset;
    }
}
