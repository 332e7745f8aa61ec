package dev.caravan.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Derivative;
import dev.caravan.asset.ExpectedUpload;
import dev.caravan.asset.Imported;
import dev.caravan.asset.Warning;
import dev.caravan.storage.MediaFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An asset of any type in the form of {@code /api/v1/media}.
 *
 * @param id the same as {@code assetId}, under the name that other systems had for it
 * @param url to the current file; null while there is none
 * @param thumbnailUrl to the newest derivative that is a thumbnail; null while there is none
 * @param metadata what its owner gave, with the known metadata of the media, and {@code error} if it failed
 * @param importedFrom the URL that it came from, without its query
 * @param alertId the client's record for which it was announced; with its category and position there
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record MediaView(
        String id,
        String assetId,
        String owner,
        String name,
        AssetType type,
        AssetStatus status,
        String contentType,
        Long size,
        String sha256,
        String url,
        String thumbnailUrl,
        String importedFrom,
        String duplicateOf,
        List<String> tags,
        Map<String, Object> metadata,
        String alertId,
        String category,
        Integer position,
        List<Warning> warnings,
        List<File> derivatives,
        String createdAt,
        String updatedAt) {

    private static final String THUMBNAIL = "thumbnail";

    /** A derivative. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record File(
            String type,
            String key,
            String url,
            Integer width,
            Integer height,
            Double duration,
            long size,
            String sha256,
            String createdAt) {}

    static MediaView of(Asset asset, Links links) {
        Optional<MediaFile> file = Optional.ofNullable(asset.file());
        Optional<Imported> imported = Optional.ofNullable(asset.imported());
        Optional<ExpectedUpload> announced = Optional.ofNullable(asset.announced());
        List<Derivative> derivatives = Optional.ofNullable(asset.derivatives()).orElse(List.of());
        return new MediaView(
                asset.assetId(),
                asset.assetId(),
                asset.owner(),
                asset.filename(),
                asset.type(),
                asset.status(),
                file.map(MediaFile::contentType).orElse(null),
                file.map(MediaFile::size).orElse(null),
                imported.map(Imported::sha256)
                        .or(() -> announced
                                .filter(upload -> upload.jobs() != null)
                                .map(ExpectedUpload::sha256))
                        .orElse(null),
                file.map(there -> links.to(asset)).orElse(null),
                derivatives.stream()
                        .filter(derivative -> derivative.type().equals(THUMBNAIL))
                        .reduce((older, newer) -> newer)
                        .map(derivative -> links.to(asset, derivative))
                        .orElse(null),
                imported.map(Imported::shown).orElse(null),
                imported.map(Imported::duplicateOf).orElse(null),
                Optional.ofNullable(asset.tags()).orElse(List.of()),
                metadata(asset),
                announced.map(ExpectedUpload::alertId).orElse(null),
                announced.map(ExpectedUpload::category).orElse(null),
                announced.map(ExpectedUpload::position).orElse(null),
                Optional.ofNullable(asset.warnings()).orElse(List.of()),
                derivatives.stream()
                        .map(derivative -> file(asset, derivative, links))
                        .toList(),
                asset.createdAt(),
                asset.updatedAt());
    }

    private static Map<String, Object> metadata(Asset asset) {
        Map<String, Object> all = FlatMetadata.of(asset);
        all.putAll(Optional.ofNullable(asset.metadata()).orElse(Map.of()));
        if (asset.error() != null) {
            all.put("error", asset.error().toString());
        }
        return all;
    }

    private static File file(Asset asset, Derivative derivative, Links links) {
        return new File(
                derivative.type(),
                derivative.file().key(),
                links.to(asset, derivative),
                derivative.width(),
                derivative.height(),
                derivative.duration(),
                derivative.file().size(),
                derivative.sha256(),
                derivative.createdAt());
    }
}
