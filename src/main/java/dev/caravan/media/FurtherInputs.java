package dev.caravan.media;

import dev.caravan.work.StepContext;
import java.nio.file.Path;

/** Brings the files that a step reads besides the job's own. */
public interface FurtherInputs {
    /** Name in the registry. */
    String BEAN = "furtherInputs";

    /**
     * The local copy of a file, in the step's workspace.
     *
     * @param uri as {@link StepInput#uri} has it
     * @param fromJob true where the job named it: then it is a public URL, or an asset of the job's owner
     * @throws dev.caravan.failure.StepException where it cannot be had, and what to do
     */
    Path fetch(StepContext step, String uri, boolean fromJob);
}
