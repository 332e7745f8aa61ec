package dev.caravan.control;

import dev.caravan.job.Priority;
import java.util.Locale;
import java.util.Objects;

/**
 * A pause: jobs that it covers are not claimed. Running jobs continue.
 *
 * @param pipeline null for every pipeline
 * @param priority null for every priority
 * @param since ISO 8601
 * @param reason in the operator's words, or null
 * @param by the operator who paused, or null
 */
public record Pause(String pipeline, Priority priority, String since, String reason, String by) {
    /** Describes the pause in a sentence. */
    public String sentence() {
        return "Paused: %s%s, since %s%s%s"
                .formatted(
                        pipeline == null ? "all pipelines" : pipeline,
                        priority == null ? "" : ", " + priority.name().toLowerCase(Locale.ROOT) + " priority",
                        since,
                        by == null ? "" : ", by " + by,
                        reason == null ? "" : ": " + reason);
    }

    boolean covers(String ofPipeline, Priority ofPriority) {
        return (pipeline == null || pipeline.equals(ofPipeline)) && (priority == null || priority == ofPriority);
    }

    /** Whether it covers the same pipeline and priority, no matter who paused them. */
    boolean isAt(String ofPipeline, Priority ofPriority) {
        return Objects.equals(pipeline, ofPipeline) && priority == ofPriority;
    }
}
