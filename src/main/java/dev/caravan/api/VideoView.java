package dev.caravan.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Derivative;
import dev.caravan.asset.ExpectedUpload;
import dev.caravan.asset.Warning;
import dev.caravan.failure.Failure;
import dev.caravan.storage.MediaFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An asset in the form of {@code /api/videos}. Clients of the aggregation service index into these fields, so each is
 * always present, null while nothing is known.
 *
 * @param link to the current file
 * @param status the asset's, with {@code saved} for ready
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"id", "filename", "s3_uri", "link", "status"})
record VideoView(
        String id,
        String filename,
        String s3Uri,
        String link,
        String status,
        Long fileSize,
        Double duration,
        String resolution,
        String description,
        String createdAt,
        String updatedAt,
        String owner,
        AssetType type,
        Long sizeBefore,
        Long sizeAfter,
        Double compressionRatio,
        Map<String, Object> media,
        List<Warning> warnings,
        Failure error,
        String alertId,
        List<File> derivatives) {

    static final String SAVED = "saved";

    /** A derivative. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record File(
            String type,
            String s3Uri,
            String link,
            long fileSize,
            Integer width,
            Integer height,
            Double duration,
            Double time,
            String sha256,
            String jobId,
            String createdAt) {}

    static VideoView of(Asset asset, Links links) {
        Optional<MediaFile> file = Optional.ofNullable(asset.file());
        return new VideoView(
                asset.assetId(),
                asset.filename(),
                file.map(MediaFile::uri).orElse(null),
                file.map(there -> links.to(asset)).orElse(null),
                asset.status() == AssetStatus.READY ? SAVED : asset.status().word(),
                file.map(MediaFile::size).orElse(null),
                asset.duration(),
                asset.resolution(),
                asset.description(),
                asset.createdAt(),
                asset.updatedAt(),
                asset.owner(),
                asset.type(),
                asset.sizeBefore(),
                asset.sizeAfter(),
                asset.compressionRatio(),
                asset.media(),
                Optional.ofNullable(asset.warnings()).orElse(List.of()),
                Optional.ofNullable(asset.error()).map(VideoView::brief).orElse(null),
                Optional.ofNullable(asset.announced())
                        .map(ExpectedUpload::alertId)
                        .orElse(null),
                Optional.ofNullable(asset.derivatives()).orElse(List.of()).stream()
                        .map(derivative -> file(asset, derivative, links))
                        .toList());
    }

    /** Returns the asset's status that {@code word} of this view means. */
    static AssetStatus status(String word) {
        return word.equals(SAVED) || word.equals("uploaded")
                ? AssetStatus.READY
                : AssetStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Shortens the failure; the job has FFmpeg's output. */
    private static Failure brief(Failure error) {
        return new Failure(error.code(), error.kind(), error.step(), error.message(), error.advice(), null);
    }

    private static File file(Asset asset, Derivative derivative, Links links) {
        MediaFile file = derivative.file();
        return new File(
                derivative.type(),
                file.uri(),
                links.to(asset, derivative),
                file.size(),
                derivative.width(),
                derivative.height(),
                derivative.duration(),
                derivative.time(),
                derivative.sha256(),
                derivative.jobId(),
                derivative.createdAt());
    }
}
