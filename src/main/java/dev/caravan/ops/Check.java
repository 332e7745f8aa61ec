package dev.caravan.ops;

/** One thing that health looks at. */
interface Check {
    /** As it stands in the answer: {@code s3}, {@code redis}. */
    String name();

    /**
     * Looks once, within {@link Health#PATIENCE}.
     *
     * @throws Exception when it is out of reach; the message says why
     */
    Finding look() throws Exception;

    /** What is to be said when {@link #look} threw or took too long. */
    Finding outOfReach(String why);

    /** Whether readiness depends on it, and so waits for it. */
    default boolean decidesReadiness() {
        return false;
    }
}
