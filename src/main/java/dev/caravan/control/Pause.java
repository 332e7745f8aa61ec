package dev.caravan.control;

import dev.caravan.job.Priority;
import java.util.Locale;
import java.util.Objects;

/**
 * A switch that is off: jobs that it covers are not claimed. Those that run go on.
 *
 * @param pipeline null for every pipeline
 * @param priority null for every priority
 * @param since ISO 8601
 * @param reason in somebody's words, or null
 * @param by whoever said so, or null
 */
public record Pause(String pipeline, Priority priority, String since, String reason, String by) {
    /** In words, for people. */
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

    /** Whether it is the same switch, whoever turned it. */
    boolean isAt(String ofPipeline, Priority ofPriority) {
        return Objects.equals(pipeline, ofPipeline) && priority == ofPriority;
    }
}
