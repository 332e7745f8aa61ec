package dev.caravan.asset;

import dev.caravan.failure.Failure;
import dev.caravan.storage.MediaFile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One uploaded, imported or generated media file. A record of the assets table; names are those of the JSON, in camel case.
 *
 * @param schemaVersion of the record, see UPGRADING.md
 * @param filename what the client called it; a label
 * @param source the object that was uploaded
 * @param file the asset's file of the moment: the source until a standard video replaces it
 * @param duration seconds
 * @param resolution {@code 1080x1920}
 * @param sizeBefore bytes of the source
 * @param sizeAfter bytes of {@code file} once a pipeline replaced the source
 * @param compressionRatio {@code sizeBefore / sizeAfter}, two decimals
 * @param media what probing found in the source: container, tracks, SHA-256; null before
 * @param openRequired pipelines that must still complete before the asset is ready
 * @param imported where it came from, when it came by URL; else null
 * @param metadata what its owner wants to remember with it; null for nothing
 * @param tags words by which its owner finds it again; null for none
 * @param sequencer of the S3 event, orders events of one key
 * @param deletedAt set on a tombstone, which keeps late events from reviving the asset
 * @param revision grows with each change; the entity tag of the API
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
        Map<String, Object> metadata,
        List<String> tags,
        String sequencer,
        String createdAt,
        String updatedAt,
        String deletedAt,
        Integer revision) {

    public static final int SCHEMA_VERSION = 1;

    /**
     * A new asset.
     *
     * @param file what was uploaded, under the name that the client gave it
     * @param required pipelines that must complete before it is ready; with none it is ready at once
     * @param sequencer of the S3 event; null without one
     * @param now as {@link dev.caravan.records.Timestamps} writes it
     */
    public static Asset uploaded(
            String assetId,
            String owner,
            AssetType type,
            MediaFile file,
            Collection<String> required,
            String sequencer,
            String now) {
        return new Asset(
                assetId,
                SCHEMA_VERSION,
                owner,
                type,
                required.isEmpty() ? AssetStatus.READY : AssetStatus.PROCESSING,
                file.filename(),
                file,
                file,
                null,
                null,
                null,
                file.size(),
                null,
                null,
                null,
                null,
                null,
                required.isEmpty() ? null : Set.copyOf(required),
                null,
                null,
                null,
                null,
                null,
                sequencer,
                now,
                now,
                null,
                1);
    }

    /**
     * An asset whose file is yet to come, by a job of {@code pipeline}.
     *
     * @param place where the file would lie: names it until it is there
     */
    public static Asset announced(
            String assetId,
            String owner,
            AssetType type,
            MediaFile place,
            Imported imported,
            Map<String, Object> metadata,
            List<String> tags,
            String pipeline,
            String now) {
        return new Asset(
                assetId,
                SCHEMA_VERSION,
                owner,
                type,
                AssetStatus.UPLOADING,
                place.filename(),
                place,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of(pipeline),
                null,
                null,
                imported,
                metadata,
                tags,
                null,
                now,
                now,
                null,
                1);
    }

    public boolean deleted() {
        return deletedAt != null;
    }
}
