package dev.caravan.ingest;

/** An announced object that S3 has and does not hand out, or that cannot become an asset. Its neighbours are not to blame. */
final class UnusableObject extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableObject(String why) {
        super(why);
    }
}
