package dev.caravan.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.caravan.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Tells why a request was not answered, in the form of <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 *
 * @param code one of {@link ProblemCode}, or the code of the failure that ended a job
 * @param detail what is wrong with this request, in one sentence
 * @param advice what the caller can do about it
 * @param instance the path that was requested
 * @param errorId names the entry in Caravan's log, only if the error is Caravan's
 * @param jobId the job that was accepted and did not complete, or null
 * @param retryAfter seconds to wait before another try, also sent as {@code Retry-After}; null if waiting does not help
 */
@JsonPropertyOrder({
    "type",
    "title",
    "status",
    "code",
    "detail",
    "advice",
    "instance",
    "error_id",
    "job_id",
    "retry_after"
})
public record Problem(
        String code,
        int status,
        String title,
        String detail,
        String advice,
        String instance,
        String errorId,
        String jobId,
        Integer retryAfter) {
    static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ProblemCode code, String detail, String advice) {
        return new Problem(code.name(), code.status, code.title, detail, advice, null, null, null, null);
    }

    /** Returns the problem of a job that was accepted and failed, with the job's own code and text. */
    public static Problem ofJob(String jobId, int status, String code, String detail, String advice) {
        return new Problem(code, status, "The job did not complete", detail, advice, null, null, jobId, null);
    }

    /** Returns the same problem, with the time after which it may be gone. */
    public Problem retryAfter(int seconds) {
        return new Problem(code, status, title, detail, advice, instance, errorId, jobId, seconds);
    }

    /** Returns the same problem, for the request of {@code path}. */
    Problem at(String path) {
        return new Problem(code, status, title, detail, advice, path, errorId, jobId, retryAfter);
    }

    /** Returns the same problem, which the log has under {@code id}. */
    Problem logged(String id) {
        return new Problem(code, status, title, detail, advice, instance, id, jobId, retryAfter);
    }

    @JsonProperty
    String type() {
        return "urn:caravan:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    byte[] json() {
        return Json.text(this).getBytes(StandardCharsets.UTF_8);
    }
}
