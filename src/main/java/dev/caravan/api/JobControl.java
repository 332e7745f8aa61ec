package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.control.Cancellation;
import dev.caravan.control.JobChanges;
import dev.caravan.control.Retry;
import dev.caravan.control.RetryRequest;
import dev.caravan.http.Answers;
import dev.caravan.http.QueryString;
import dev.caravan.job.Job;
import dev.caravan.job.ResumePlan;
import dev.caravan.json.Json;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Retries, cancels and changes jobs for clients; the bean {@code jobControl} of the routes retry-job, plan-job, cancel-job
 * and patch-job.
 */
public final class JobControl {
    private final Retry retry;
    private final Cancellation cancellation;
    private final JobChanges changes;
    private final Clock clock;

    JobControl(Retry retry, Cancellation cancellation, JobChanges changes, Clock clock) {
        this.retry = retry;
        this.cancellation = cancellation;
        this.changes = changes;
        this.clock = clock;
    }

    /** @return the job with the plan; 202, or 200 if the client only asked for the plan */
    public ObjectNode retry(Exchange exchange, @Header("job_id") String id, JsonNode body) {
        RetryRequest retryRequest = wish(body, clock);
        boolean dry = body.path("dry_run").asBoolean();
        Retry.Outcome outcome = dry ? retry.dryRun(id, retryRequest) : retry.retry(id, retryRequest);
        if (!dry) {
            Answers.header(exchange, "Location", "/api/v1/jobs/" + id);
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        }
        ObjectNode view = JobViews.view(outcome.job());
        view.set("plan", Json.MAPPER.valueToTree(outcome.plan().steps()));
        return view;
    }

    /** @return the effect of a retry on each step */
    public Map<String, Object> plan(Exchange exchange, @Header("job_id") String id) {
        String from = QueryString.of(exchange).find("from").orElse(ResumePlan.FAILED);
        Retry.Outcome outcome = retry.plan(id, new RetryRequest(from, null, null, null));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("job_id", id);
        view.put("pipeline", outcome.job().pipeline());
        view.put("from", from);
        view.put("steps", outcome.plan().steps());
        return view;
    }

    public ObjectNode cancel(@Header("job_id") String id, JsonNode body) {
        String reason = body.path("reason").asText("");
        Job job = cancellation.ask(id, reason.isBlank() ? "cancelled by hand" : reason);
        return JobViews.view(job);
    }

    public ObjectNode change(@Header("job_id") String id, JsonNode body) {
        return JobViews.view(changes.change(id, wish(body, clock)));
    }

    static RetryRequest wish(JsonNode body, Clock clock) {
        return new RetryRequest(
                body.hasNonNull("from") ? body.get("from").asText() : null,
                body.path("parameters").isObject() ? Json.toMap(body.get("parameters")) : null,
                PriorityWord.read(body.path("priority")),
                ApiTime.runAt(body, clock));
    }
}
