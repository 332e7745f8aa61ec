package dev.caravan.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.asset.Derivative;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.http.Answers;
import dev.caravan.http.Preferences;
import dev.caravan.http.Problem;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.intake.Intake;
import dev.caravan.job.CompletionWaiters;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Answers calls that wait for their job; the bean {@code jobResults} of the API's routes. */
public final class JobResults {
    private final Jobs jobs;
    private final Assets assets;
    private final CompletionWaiters waits;
    private final Links links;
    private final Duration most;

    /** @param most how long a call may wait */
    JobResults(Jobs jobs, Assets assets, CompletionWaiters waits, Links links, Duration most) {
        this.jobs = jobs;
        this.assets = assets;
        this.waits = waits;
        this.links = links;
        this.most = most;
    }

    /**
     * A video that was made while the caller waited, with the names of the aggregation service.
     *
     * @param streamingUrl its address for playback
     */
    record Made(String status, String videoId, String jobId, String message, String streamingUrl, Metadata metadata) {}

    /**
     * @param finalFilename a name for the result, made of the job's id
     * @param resolution {@code 1280x720}
     * @param duration seconds
     * @param fileSize bytes
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Metadata(String originalFilename, String finalFilename, String resolution, Double duration, long fileSize) {}

    /** A job that continues after its caller was answered. */
    record Pending(String status, String videoId, String jobId, String message) {}

    /** Waits for the job's end for as long as the query's {@code wait} says, in seconds. */
    public void waitAsAsked(Exchange exchange, @Header("job_id") String jobId) {
        Optional<String> asked = QueryString.of(exchange).find("wait");
        if (asked.isPresent()) {
            if (!asked.get().matches("\\d{1,6}") || Long.parseLong(asked.get()) > most.toSeconds()) {
                throw new ProblemException(
                        ProblemCode.INVALID_WAIT,
                        "%s is not a number of seconds from 0 to %d".formatted(asked.get(), most.toSeconds()),
                        "Use a whole number from 0 to %d; HTTP_TIMEOUT bounds it.".formatted(most.toSeconds()));
            }
            if (jobs.find(jobId).isPresent()) {
                waits.untilEnd(jobId, Duration.ofSeconds(Long.parseLong(asked.get())));
            }
        }
    }

    /**
     * Waits for the accepted job, as the caller prefers, and returns the outcome: 200 and the video, 202 while the job
     * continues, or the failure.
     */
    public Object of(Exchange exchange, Intake.Accepted accepted) {
        return within(exchange, accepted, most);
    }

    /** Returns the same outcome, but does not wait for a caller that states no preference. */
    public Object soon(Exchange exchange, Intake.Accepted accepted) {
        return within(exchange, accepted, Duration.ZERO);
    }

    private Object within(Exchange exchange, Intake.Accepted accepted, Duration unasked) {
        Preferences preferences = Preferences.of(exchange.getMessage().getHeader("Prefer", String.class));
        preferences.applied(most).ifPresent(applied -> Answers.header(exchange, "Preference-Applied", applied));
        String jobId = accepted.jobs().get(0);
        Answers.header(exchange, "Location", "/api/v1/jobs/" + jobId);
        waits.untilEnd(jobId, preferences.within(most, unasked));
        Job job = jobs.find(jobId).orElseThrow();
        return switch (job.status()) {
            case COMPLETED -> made(job, assets.find(job.assetId()).filter(found -> !found.deleted()));
            case FAILED -> throw new ProblemException(failed(job));
            case CANCELLED -> throw cancelled(job);
            case QUEUED, PROCESSING, RETRYING -> {
                exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
                yield new Pending(
                        "processing",
                        job.assetId(),
                        jobId,
                        "Accepted; GET /api/v1/jobs/%s?wait=60 tells of its end".formatted(jobId));
            }
        };
    }

    private Made made(Job job, Optional<Asset> asset) {
        Asset video = asset.orElseThrow(() -> cancelled(job));
        Derivative result = Optional.ofNullable(video.derivatives()).orElse(List.of()).stream()
                .filter(derivative -> job.jobId().equals(derivative.jobId()))
                .findFirst()
                .orElseThrow(() -> cancelled(job));
        return new Made(
                "success",
                video.assetId(),
                job.jobId(),
                "Video processed and stored",
                result.file().equals(video.file()) ? links.to(video) : links.to(video, result),
                new Metadata(
                        video.filename(),
                        job.jobId() + "_final.mp4",
                        result.width() == null ? null : result.width() + "x" + result.height(),
                        result.duration(),
                        result.file().size()));
    }

    private static Problem failed(Job job) {
        Failure failure = job.error();
        return Problem.ofJob(
                job.jobId(),
                failure.kind() == FailureKind.TRANSIENT ? 503 : 422,
                failure.code(),
                failure.message(),
                failure.advice());
    }

    private static ProblemException cancelled(Job job) {
        return new ProblemException(Problem.ofJob(
                job.jobId(),
                ProblemCode.JOB_CANCELLED.status(),
                ProblemCode.JOB_CANCELLED.name(),
                job.status() == JobStatus.CANCELLED
                        ? "The job was cancelled while you waited for it"
                        : "The video was deleted while you waited for it",
                "Send the request again if the video is still wanted."));
    }
}
