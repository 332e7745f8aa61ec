package dev.caravan.asset;

import dev.caravan.failure.Failure;
import dev.caravan.storage.MediaFile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An uploaded, imported or generated media file: a record of the assets table, with the names of the JSON in camel case.
 *
 * @param schemaVersion of the record, see UPGRADING.md
 * @param filename the client's name for it; a label
 * @param source the object that was uploaded
 * @param file the current file: the source until a standard video replaces it
 * @param duration seconds
 * @param resolution {@code 1080x1920}
 * @param sizeBefore bytes of the source
 * @param sizeAfter bytes of {@code file} once a pipeline replaced the source
 * @param compressionRatio {@code sizeBefore / sizeAfter}, two decimals
 * @param media what the probe found in the source: container, tracks, SHA-256; null before
 * @param openRequired pipelines that must still complete before the asset is ready
 * @param imported its origin, if it was imported from a URL; else null
 * @param generated the model that generated it; else null
 * @param metadata the client's own JSON; null for none
 * @param tags by which a client finds it; null for none
 * @param sequencer of the S3 event; orders events of one key
 * @param deletedAt set on a tombstone, which keeps late events from recreating the asset
 * @param revision grows with each change; the entity tag of the API
 * @param announced the client's declaration, if it is an announced upload; else null
 */
public record Asset(
        String assetId,
        Integer schemaVersion,
        String owner,
        AssetType type,
        AssetStatus status,
        String filename,
        MediaFile source,
        MediaFile file,
        String description,
        Double duration,
        String resolution,
        Long sizeBefore,
        Long sizeAfter,
        Double compressionRatio,
        Map<String, Object> media,
        List<Derivative> derivatives,
        List<Warning> warnings,
        Set<String> openRequired,
        Failure error,
        String sourceVideoId,
        Imported imported,
        Generated generated,
        Map<String, Object> metadata,
        List<String> tags,
        String sequencer,
        String createdAt,
        String updatedAt,
        String deletedAt,
        Integer revision,
        ExpectedUpload announced) {

    public static final int SCHEMA_VERSION = 1;

    /**
     * Creates an asset of an uploaded file.
     *
     * @param file the uploaded file, with the client's name for it
     * @param required pipelines that must complete before it is ready; with none it is ready immediately
     * @param sequencer of the S3 event; null without one
     * @param now as {@link dev.caravan.json.Timestamps} writes it
     */
    public static Asset uploaded(
            String assetId,
            String owner,
            AssetType type,
            MediaFile file,
            Collection<String> required,
            String sequencer,
            String now) {
        AssetStatus status = required.isEmpty() ? AssetStatus.READY : AssetStatus.PROCESSING;
        return born(assetId, owner, type, status, file, file, required, null, null, null, null, sequencer, now, null);
    }

    /**
     * Creates an asset whose file a job of {@code pipeline} will add.
     *
     * @param place the object key of the future file: names the file until it exists
     */
    public static Asset announced(
            String assetId,
            String owner,
            AssetType type,
            MediaFile place,
            Imported imported,
            Generated generated,
            Map<String, Object> metadata,
            List<String> tags,
            String pipeline,
            String now) {
        return born(
                assetId,
                owner,
                type,
                AssetStatus.UPLOADING,
                place,
                null,
                Set.of(pipeline),
                imported,
                generated,
                metadata,
                tags,
                null,
                now,
                null);
    }

    /**
     * Creates an asset whose bytes its client is about to send.
     *
     * @param place the object key of the future file
     */
    public static Asset awaited(
            String assetId, String owner, AssetType type, MediaFile place, ExpectedUpload announced, String now) {
        AssetStatus status = AssetStatus.UPLOADING;
        return born(assetId, owner, type, status, place, null, Set.of(), null, null, null, null, null, now, announced);
    }

    private static Asset born(
            String assetId,
            String owner,
            AssetType type,
            AssetStatus status,
            MediaFile source,
            MediaFile file,
            Collection<String> required,
            Imported imported,
            Generated generated,
            Map<String, Object> metadata,
            List<String> tags,
            String sequencer,
            String now,
            ExpectedUpload announced) {
        return new Asset(
                assetId,
                SCHEMA_VERSION,
                owner,
                type,
                status,
                source.filename(),
                source,
                file,
                null,
                null,
                null,
                file == null ? null : file.size(),
                null,
                null,
                null,
                null,
                null,
                required.isEmpty() ? null : Set.copyOf(required),
                null,
                null,
                imported,
                generated,
                metadata,
                tags,
                sequencer,
                now,
                now,
                null,
                1,
                announced);
    }

    /**
     * Returns the asset with its uploaded bytes.
     *
     * @param required pipelines that must complete before it is ready; with none it is ready immediately
     */
    public Asset arrived(MediaFile bytes, Collection<String> required) {
        AssetStatus now = required.isEmpty() ? AssetStatus.READY : AssetStatus.PROCESSING;
        return turned(now, bytes, bytes, bytes.size(), required.isEmpty() ? null : Set.copyOf(required), error);
    }

    /** Returns the asset as failed. */
    public Asset failed(Failure failure) {
        return turned(AssetStatus.FAILED, source, file, sizeBefore, null, failure);
    }

    private Asset turned(
            AssetStatus newStatus,
            MediaFile newSource,
            MediaFile newFile,
            Long newSize,
            Set<String> newOpenRequired,
            Failure newError) {
        return new Asset(
                assetId,
                schemaVersion,
                owner,
                type,
                newStatus,
                filename,
                newSource,
                newFile,
                description,
                duration,
                resolution,
                newSize,
                sizeAfter,
                compressionRatio,
                media,
                derivatives,
                warnings,
                newOpenRequired,
                newError,
                sourceVideoId,
                imported,
                generated,
                metadata,
                tags,
                sequencer,
                createdAt,
                updatedAt,
                deletedAt,
                revision,
                announced);
    }

    public boolean deleted() {
        return deletedAt != null;
    }
}
