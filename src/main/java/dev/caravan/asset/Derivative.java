package dev.caravan.asset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.storage.MediaFile;

/**
 * A file made from an asset.
 *
 * @param type what it is: {@code standard-video}, {@code thumbnail}
 * @param duration seconds, or null for stills
 * @param createdAt ISO 8601, UTC
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Derivative(
        String type, MediaFile file, Integer width, Integer height, Double duration, String jobId, String createdAt) {}
