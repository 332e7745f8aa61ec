package dev.caravan.media;

import dev.caravan.work.StepContext;
import java.nio.file.Path;

/** Fetches the files that a step reads besides the job's own. */
public interface FurtherInputs {
    /** Name in Camel's registry. */
    String BEAN = "furtherInputs";

    /**
     * Returns the local copy of a file, in the step's workspace.
     *
     * @param uri a URI as in {@link StepInput#uri}
     * @param fromJob true if the job named it: then it is a public URL, or an asset of the job's owner
     * @throws dev.caravan.failure.StepException if the file cannot be fetched, with what to do
     */
    Path fetch(StepContext step, String uri, boolean fromJob);
}
