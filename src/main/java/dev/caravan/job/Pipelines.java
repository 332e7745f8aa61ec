package dev.caravan.job;

import java.util.Set;

/** What the worker must know of pipelines; the routes' side implements it. */
public interface Pipelines {
    Set<String> names();

    /** Whether a job of this pipeline needs a CPU slot when it is claimed. */
    boolean encodes(String pipeline);

    /** The priority of its jobs where nobody asks for another one. */
    Priority priority(String pipeline);

    ProgressScale scale(String pipeline);
}
