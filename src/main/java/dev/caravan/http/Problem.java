package dev.caravan.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.caravan.records.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Why a request was not answered, as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> writes it.
 *
 * @param detail what is wrong with this request, in one sentence
 * @param advice what the caller can do about it
 * @param instance the path that was asked for
 * @param errorId names the entry in our log, only where the error is ours
 */
@JsonPropertyOrder({"type", "title", "status", "code", "detail", "advice", "instance", "error_id"})
record Problem(ProblemCode code, String detail, String advice, String instance, String errorId) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemCode code, String detail, String advice) {
        return new Problem(code, detail, advice, null, null);
    }

    /** The same problem, met at {@code path}. */
    Problem at(String path) {
        return new Problem(code, detail, advice, path, errorId);
    }

    @JsonProperty
    String type() {
        return "urn:caravan:problem:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonProperty
    String title() {
        return code.title;
    }

    @JsonProperty
    int status() {
        return code.status;
    }

    byte[] json() {
        return Json.text(this).getBytes(StandardCharsets.UTF_8);
    }
}
