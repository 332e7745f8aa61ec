package dev.caravan.job;

import java.util.Map;

/** A pipeline as it is when a run of a job begins. It stays the same until the run ends, whatever is loaded meanwhile. */
public interface PipelineVersion extends ProgressScale {
    /** The id of the route that runs it. */
    String route();

    /** Selects from the parameters of a job those that {@code step} has: names of its Kamelet's properties, and values. */
    Map<String, Object> parameters(String step, Map<String, Object> given);
}
