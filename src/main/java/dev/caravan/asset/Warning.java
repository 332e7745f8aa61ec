package dev.caravan.asset;

/**
 * Something that the owner should know about a result that is nevertheless good enough.
 *
 * @param pipeline whose job warned, on an asset; null in the report of a step, and on records of before it was noted
 */
public record Warning(String code, String message, String pipeline) {
    public Warning(String code, String message) {
        this(code, message, null);
    }

    /** The same, as it stands on an asset. */
    public Warning of(String itsPipeline) {
        return new Warning(code, message, itsPipeline);
    }
}
