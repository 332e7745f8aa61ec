package dev.caravan.ops;

/** Checks one thing that Caravan needs, for the health report. */
interface Check {
    /** Returns the name in the response: {@code s3}, {@code redis}. */
    String name();

    /**
     * Checks once, within {@link Health#PATIENCE}.
     *
     * @throws Exception when it is unreachable; the message says why
     */
    Finding look() throws Exception;

    /** Returns the finding for a {@link #look} that threw or took too long. */
    Finding outOfReach(String why);

    /** Tells whether readiness depends on it, and so waits for it. */
    default boolean decidesReadiness() {
        return false;
    }
}
