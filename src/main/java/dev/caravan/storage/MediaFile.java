package dev.caravan.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A reference to one object in S3 in one version. The body of a job's exchange is one of these, never bytes.
 *
 * @param etag as S3 gives it, without the quotes
 * @param size bytes
 * @param contentType media type, or null if unknown
 * @param filename name for display; a label, never a path and never part of a key
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MediaFile(String bucket, String key, String etag, long size, String contentType, String filename) {

    /** Returns the {@code s3://} form. */
    public String uri() {
        return "s3://" + bucket + "/" + key;
    }
}
