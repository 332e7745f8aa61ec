package dev.caravan.ingest;

/**
 * Says that S3 does not return an existing announced object, or that it cannot become an asset. Other objects are
 * unaffected.
 */
final class UnusableObject extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableObject(String why) {
        super(why);
    }
}
