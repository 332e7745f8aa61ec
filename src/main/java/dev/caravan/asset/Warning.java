package dev.caravan.asset;

/**
 * A problem of a result that is still good enough, for the client to know.
 *
 * @param pipeline whose job warned, on an asset; null in the report of a step, and on older records without it
 */
public record Warning(String code, String message, String pipeline) {
    public Warning(String code, String message) {
        this(code, message, null);
    }

    /** Returns the warning as stored on an asset. */
    public Warning of(String itsPipeline) {
        return new Warning(code, message, itsPipeline);
    }
}
