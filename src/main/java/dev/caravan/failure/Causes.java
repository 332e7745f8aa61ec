package dev.caravan.failure;

/** The reason of a failure, which frameworks wrap in words about themselves. */
public final class Causes {
    private static final int MOST_WRAPPINGS = 20;

    private Causes() {}

    /** The message of the innermost cause, or its kind where it has none. */
    public static String innermost(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MOST_WRAPPINGS && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
