package dev.caravan.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.caravan.storage.MediaFile;

/**
 * A file that a step made and that becomes a derivative of the asset: plain JSON in the step's variable, one element of its
 * list {@code files}.
 *
 * @param type of the derivative: {@code poster}, {@code preview}
 * @param width pixels, or null where there is no picture
 * @param height pixels, or null
 * @param duration seconds, or null for a still
 * @param time of the moment in the source that it shows or begins with, in seconds; null where that means nothing
 * @param sha256 of its bytes, 64 hex digits
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Made(
        String type, MediaFile file, Integer width, Integer height, Double duration, Double time, String sha256) {
    /** Name of the list in a step's variable. */
    public static final String FILES = "files";

    /** A still, or another file with a size only. */
    public static Made of(String type, MediaFile file, String sha256) {
        return new Made(type, file, null, null, null, null, sha256);
    }

    /** @param newWidth pixels @param newHeight pixels */
    public Made sized(int newWidth, int newHeight) {
        return new Made(type, file, newWidth, newHeight, duration, time, sha256);
    }

    /** @param seconds of its duration */
    public Made lasting(double seconds) {
        return new Made(type, file, width, height, seconds, time, sha256);
    }

    /** @param seconds into the source */
    public Made takenAt(double seconds) {
        return new Made(type, file, width, height, duration, seconds, sha256);
    }
}
