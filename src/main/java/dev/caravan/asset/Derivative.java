package dev.caravan.asset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.storage.MediaFile;

/**
 * A file made from an asset.
 *
 * @param type for example {@code standard-video}, {@code thumbnail}
 * @param duration seconds, or null for stills
 * @param time of the moment in the source that it shows or begins with, in seconds; null where that does not apply
 * @param sha256 of its bytes, 64 hex digits; null where it was not computed
 * @param createdAt ISO 8601, UTC
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Derivative(
        String type,
        MediaFile file,
        Integer width,
        Integer height,
        Double duration,
        Double time,
        String sha256,
        String jobId,
        String createdAt) {}
