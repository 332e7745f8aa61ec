package dev.caravan.work;

/**
 * Gives the version of a further file that a step reads besides the job's own, so that a change of it makes the step run
 * again.
 */
public interface InputVersions {
    /** Name in the registry. */
    String BEAN = "inputVersions";

    /**
     * @param uri as the step names it
     * @return a hash or an eTag; empty where only reading the file would tell
     */
    String of(String uri);
}
