package dev.caravan.upload.presigned;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Assets;
import dev.caravan.asset.ExpectedUpload;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.intake.IdempotencyKey;
import dev.caravan.intake.Intake;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.storage.BucketUploads;
import dev.caravan.storage.MediaFile;
import dev.caravan.upload.DisplayName;
import dev.caravan.upload.RandomAssetId;
import dev.caravan.upload.UploadProblems;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces assets whose bytes come later, and decides whether they may still come. */
public final class PresignedUploads {
    private static final Logger LOG = LoggerFactory.getLogger(PresignedUploads.class);

    private final Assets assets;
    private final Intake intake;
    private final Records records;
    private final BucketUploads bucketUploads;
    private final PresignedUploadSettings settings;
    private final LongSupplier waiting;
    private final Clock clock;

    /** @param waiting how many jobs wait for a worker */
    PresignedUploads(
            Assets assets,
            Intake intake,
            Records records,
            BucketUploads bucketUploads,
            PresignedUploadSettings settings,
            LongSupplier waiting,
            Clock clock) {
        this.assets = assets;
        this.intake = intake;
        this.records = records;
        this.bucketUploads = bucketUploads;
        this.settings = settings;
        this.waiting = waiting;
        this.clock = clock;
    }

    /**
     * A client's announcement of a file.
     *
     * @param filename as the client has it; becomes a label
     * @param contentType as the client has it
     * @param sha256 64 hex digits, or null
     * @param notifyUrl checked, or null
     * @param alertId of the client's record, or null
     * @param category as the client has it, or null
     * @param position as the client has it, or null
     */
    public record Wish(
            String owner,
            AssetType type,
            String filename,
            String contentType,
            long size,
            String sha256,
            String notifyUrl,
            String alertId,
            String category,
            Integer position) {}

    /**
     * Makes an asset that waits for its bytes.
     *
     * @param key of the request, or null
     * @return the asset that the first request with this key made, if there was one
     * @throws ProblemException {@code UPLOAD_TOO_LARGE}, {@code INVALID_BODY}, and {@code TOO_MANY_JOBS}: now, and not
     *     after the whole file was sent
     */
    public Asset announce(Wish wish, IdempotencyKey key) {
        if (wish.size() > settings.maxSize()) {
            throw UploadProblems.tooLarge(settings.maxSize());
        } else if (waiting.getAsLong() >= settings.maxWaiting()) {
            throw UploadProblems.tooManyJobs();
        }
        String id = RandomAssetId.next();
        Instant now = clock.instant();
        ExpectedUpload expectedUpload = new ExpectedUpload(
                wish.size(),
                wish.contentType(),
                wish.sha256(),
                null,
                null,
                Timestamps.of(now.plus(settings.expires())),
                wish.notifyUrl(),
                wish.alertId(),
                wish.category(),
                wish.position(),
                null,
                null,
                null,
                null,
                null,
                null);
        // Under media/ no S3 event starts a job; and no part of the key is the client's.
        MediaFile place = new MediaFile(
                bucketUploads.bucket(),
                "media/%s/%s/upload".formatted(wish.owner(), id),
                "",
                0,
                wish.contentType(),
                label(wish.filename()));
        Asset asset = Asset.awaited(id, wish.owner(), wish.type(), place, expectedUpload, Timestamps.of(now));
        Intake.Accepted accepted = intake.accept(asset, List.of(), key);
        if (accepted.repeated()) {
            return find(accepted.assetId());
        }
        LOG.info("asset {} ({} bytes) was announced, for {}", id, wish.size(), expectedUpload.expiresAt());
        return asset;
    }

    /**
     * Returns the same asset with a multipart upload at S3, begun unless there is one. Its parts are removed when it
     * expires.
     */
    public Asset inParts(Asset asset, long partSize) {
        if (asset.announced().uploadId() != null) {
            return asset;
        }
        String key = asset.source().key();
        String uploadId = bucketUploads.begin(key, asset.announced().contentType());
        try {
            return Assets.read(records.update(assets.writeOf(asset)
                    .set("announced", Json.toMap(asset.announced().inParts(uploadId, partSize)))));
        } catch (ConditionFailed elsewhere) {
            bucketUploads.abort(key, uploadId);
            return inParts(open(asset.assetId()), partSize);
        }
    }

    /**
     * Returns the announced asset, arrived or not.
     *
     * @throws ProblemException {@code UNKNOWN_ASSET}, {@code UPLOAD_NOT_ANNOUNCED}
     */
    public Asset find(String assetId) {
        Asset asset = assets.find(assetId)
                .filter(found -> !found.deleted())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNKNOWN_ASSET,
                        "There is no asset with the id " + assetId,
                        "The answer to POST /api/v1/media/initiate names its mediaId."));
        if (asset.announced() == null) {
            throw new ProblemException(
                    ProblemCode.UPLOAD_NOT_ANNOUNCED,
                    "The file of this asset came another way, so there is nothing to complete",
                    "Nothing: GET /api/v1/media/%s says how it stands.".formatted(assetId));
        }
        return asset;
    }

    /**
     * Returns the announced asset whose bytes may still come.
     *
     * @throws ProblemException {@code UNKNOWN_ASSET}, {@code UPLOAD_NOT_ANNOUNCED}, {@code UPLOAD_COMPLETED} or
     *     {@code UPLOAD_EXPIRED}
     */
    public Asset open(String assetId) {
        Asset asset = find(assetId);
        if (asset.announced().jobs() != null) {
            throw new ProblemException(
                    ProblemCode.UPLOAD_COMPLETED,
                    "The file of this asset has come, and is not replaced",
                    "Announce another file with POST /api/v1/media/initiate.");
        }
        requireTime(asset);
        return asset;
    }

    /** @throws ProblemException {@code UPLOAD_EXPIRED} */
    void requireTime(Asset asset) {
        boolean late = !clock.instant().isBefore(Instant.parse(asset.announced().expiresAt()));
        if (late || asset.status() != AssetStatus.UPLOADING) {
            throw new ProblemException(
                    ProblemCode.UPLOAD_EXPIRED,
                    "The bytes of this file should have come before "
                            + asset.announced().expiresAt(),
                    "Announce it again with POST /api/v1/media/initiate; caravan.upload.expires-after is the time there is.");
        }
    }

    private static String label(String filename) {
        String label = DisplayName.of(filename);
        if (label == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_BODY, "/filename has no character that can be seen", "Give the file a name.");
        }
        return label;
    }
}
