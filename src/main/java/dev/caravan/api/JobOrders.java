package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.http.Answers;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.intake.IdempotencyKey;
import dev.caravan.intake.Intake;
import dev.caravan.intake.JobRequests;
import dev.caravan.job.Jobs;
import dev.caravan.json.Json;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;

/** Accepts jobs on existing assets; the bean {@code jobOrders} of the route create-job. */
public final class JobOrders {
    private final Assets assets;
    private final JobRequests jobRequests;
    private final Jobs jobs;
    private final Clock clock;

    JobOrders(Assets assets, JobRequests jobRequests, Jobs jobs, Clock clock) {
        this.assets = assets;
        this.jobRequests = jobRequests;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Accepts the job that the body describes.
     *
     * @return the job, with its address in {@code Location}
     */
    public Object create(Exchange exchange, JsonNode body) {
        String assetId = body.path("asset_id").asText();
        Asset asset = assets.find(assetId).filter(found -> !found.deleted()).orElseThrow(() -> unknown(assetId));
        JobRequests.Wish wish = new JobRequests.Wish(
                body.path("pipeline").asText(),
                Json.toMap(body.path("parameters").isObject() ? body.get("parameters") : Map.of()),
                PriorityWord.read(body.path("priority")),
                body.hasNonNull("start_from") ? body.get("start_from").asText() : null,
                ApiTime.runAt(body, clock));
        IdempotencyKey key = key(exchange, asset.owner(), "createJob " + Json.text(body));
        Intake.Accepted accepted = jobRequests.add(asset, wish, key).orElseThrow(() -> unknown(assetId));
        String jobId = accepted.jobs().get(0);
        Answers.header(exchange, "Location", "/api/v1/jobs/" + jobId);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        return jobs.find(jobId).map(JobViews::view).orElseThrow();
    }

    private static IdempotencyKey key(Exchange exchange, String owner, String request) {
        String name = exchange.getMessage().getHeader("Idempotency-Key", String.class);
        return name == null ? null : IdempotencyKey.of(owner, name, request);
    }

    private static ProblemException unknown(String assetId) {
        return new ProblemException(
                ProblemCode.UNKNOWN_ASSET,
                "There is no asset with the id " + assetId,
                "GET /api/videos lists the videos that there are.");
    }
}
