package dev.caravan.durable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * What will happen to a job of a pipeline, and when, in seconds: read off the same policies that the engine obeys.
 *
 * @param origin where it comes from
 * @param rate how many jobs may start, or null
 * @param maxWaitSeconds all waits of all steps, where each of them fails as often as it may
 * @param rules what holds for each step
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PipelinePlan(
        String pipeline,
        String description,
        @JsonUnwrapped Origin origin,
        String priority,
        boolean encodes,
        Limit rate,
        double maxWaitSeconds,
        List<Step> steps,
        Rules rules) {

    /**
     * Where a pipeline comes from.
     *
     * @param origin {@code shipped} or {@code file}
     * @param file as people name it
     * @param version a hash of what it and its Kamelets say
     * @param state {@code ready}, or {@code faulty} where the file has mistakes now and the version before them runs
     */
    public record Origin(String origin, String file, String version, String state) {}

    /**
     * One step.
     *
     * @param slot whether a CPU slot is held while it runs
     * @param progressPercent the part of the job's progress that it is
     * @param providers limits of those that it calls
     * @param ffmpeg limits of FFmpeg's runs, where it has some
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            String id,
            String kamelet,
            Map<String, String> parameters,
            boolean encodes,
            boolean slot,
            double progressPercent,
            Retry retry,
            List<Limit> providers,
            Ffmpeg ffmpeg) {}

    /**
     * What follows a transient failure of a step.
     *
     * @param attempts runs in all
     * @param waits after each run but the last
     * @param maxWaitSeconds all of them
     * @param totalTimeSeconds after the first run's start, when no run starts any more; null for no bound
     * @param retryAfter whether a wait that the other side asks for replaces ours
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Retry(
            int attempts,
            List<Wait> waits,
            double maxWaitSeconds,
            Double totalTimeSeconds,
            double jitter,
            boolean retryAfter) {}

    /**
     * The wait after one run.
     *
     * @param afterAttempt number of the run
     * @param minSeconds less than the longest by the jitter
     * @param givesPlaceBack whether others use the place meanwhile
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Wait(int afterAttempt, double minSeconds, double maxSeconds, boolean givesPlaceBack) {}

    /** At most so many in any so many seconds. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Limit(String provider, int max, double perSeconds) {}

    /**
     * When a run of FFmpeg is ended.
     *
     * @param timeoutSeconds in all, for media that is not longer than a tenth of it
     * @param timesDuration the limit of longer media, as a multiple of its duration
     * @param stallSeconds without progress
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Ffmpeg(double timeoutSeconds, int timesDuration, double stallSeconds) {}

    /**
     * What does not depend on the step.
     *
     * @param placeGivenBackOverSeconds longer waits give the place back
     * @param oursPauseSeconds after which a job goes on that was given back for a fault of ours
     * @param longestRetryAfterSeconds who asks for more is not believed
     * @param deathsOfWorker after which a job ends; all but the first two of them with no other job beside it
     * @param leaseSeconds how long the heartbeat of a dead worker is watched
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Rules(
            double placeGivenBackOverSeconds,
            double oursPauseSeconds,
            double longestRetryAfterSeconds,
            int deathsOfWorker,
            double leaseSeconds) {}
}
