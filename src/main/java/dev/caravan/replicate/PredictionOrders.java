package dev.caravan.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Generated;
import dev.caravan.asset.Metadata;
import dev.caravan.asset.Tags;
import dev.caravan.http.Answers;
import dev.caravan.http.Problem;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.imports.Imports;
import dev.caravan.intake.IdempotencyKey;
import dev.caravan.intake.Intake;
import dev.caravan.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts predictions; the bean {@code predictionOrders} of the routes start-prediction and start-prediction-of. The asset
 * that waits for the result is written first, then Replicate is called once: whatever happens in between, no prediction is
 * paid for twice, and the webhook finds its asset.
 */
public final class PredictionOrders {
    private static final Logger LOG = LoggerFactory.getLogger(PredictionOrders.class);
    private static final int COME_BACK = 10;

    private final ReplicateSettings settings;
    private final ReplicateApi api;
    private final Imports imports;
    private final Intake intake;
    private final WaitingAssets waitingAssets;

    PredictionOrders(
            ReplicateSettings settings, ReplicateApi api, Imports imports, Intake intake, WaitingAssets waitingAssets) {
        this.settings = settings;
        this.api = api;
        this.imports = imports;
        this.intake = intake;
        this.waitingAssets = waitingAssets;
    }

    /** @param model {@code owner/name}, or a short name of the settings */
    public Map<String, Object> start(Exchange exchange, @Header("model") String model, JsonNode body) {
        return order(exchange, model, body);
    }

    public Map<String, Object> startOf(
            Exchange exchange, @Header("model_owner") String owner, @Header("model_name") String name, JsonNode body) {
        return order(exchange, owner + "/" + name, body);
    }

    private Map<String, Object> order(Exchange exchange, String model, JsonNode body) {
        settings.requiredToken();
        settings.webhook("");
        String full = settings.model(model);
        Map<String, Object> input = PredictionInput.of(body);
        Asset asset = asset(full, input, body);
        Intake.Accepted accepted = intake.accept(asset, List.of(), key(exchange, asset.owner(), full, body));
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        Answers.header(exchange, "Location", "/api/v1/media/" + accepted.assetId());
        if (!accepted.repeated()) {
            return call(asset, full, input);
        }
        Asset kept = waitingAssets.find(accepted.assetId());
        return waitingAssets
                .takeUpAgain(kept)
                .map(again -> call(again, full, input))
                .orElseGet(() -> repeated(kept));
    }

    private Map<String, Object> call(Asset asset, String model, Map<String, Object> input) {
        ReplicateApi.Answer answer = api.start(model, input, settings.webhook(asset.assetId()));
        if (answer instanceof ReplicateApi.Answer.Started started) {
            LOG.info("asset {} waits for prediction {} of {}", asset.assetId(), started.prediction(), model);
            waitingAssets.started(asset, started.prediction());
            return answer(asset, started.status(), started.prediction());
        } else if (answer instanceof ReplicateApi.Answer.NotStarted refused) {
            throw refused(asset, refused);
        }
        LOG.warn(
                "asset {} waits for a prediction of {} that may not have been made: {}",
                asset.assetId(),
                model,
                ((ReplicateApi.Answer.Unknown) answer).why());
        return answer(asset, "starting", null);
    }

    private ProblemException refused(Asset asset, ReplicateApi.Answer.NotStarted refused) {
        Problem problem = refused.busy()
                ? Problem.of(
                                ProblemCode.PROVIDER_UNAVAILABLE,
                                refused.why(),
                                "Nothing was started, and nothing paid for: send it again in a while.")
                        .retryAfter(COME_BACK)
                : Problem.of(
                        ProblemCode.PREDICTION_REFUSED,
                        refused.why(),
                        "Compare model and inputs with the model's page at Replicate, and the account and its token.");
        waitingAssets.failed(asset, problem);
        return new ProblemException(problem);
    }

    /** Returns the result of the first request with that key. */
    private Map<String, Object> repeated(Asset asset) {
        if (asset.error() != null && asset.error().code().equals(ProblemCode.PREDICTION_REFUSED.name())) {
            throw new ProblemException(
                    ProblemCode.PREDICTION_REFUSED,
                    asset.error().message(),
                    asset.error().advice());
        }
        String status = asset.status() == AssetStatus.READY
                ? "succeeded"
                : asset.status() == AssetStatus.FAILED ? "failed" : "starting";
        return answer(
                asset,
                status,
                asset.generated() == null ? null : asset.generated().prediction());
    }

    private static Map<String, Object> answer(Asset asset, String status, String prediction) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("job_id", asset.assetId());
        answer.put("asset_id", asset.assetId());
        answer.put("status", status);
        answer.put("model", asset.generated() == null ? null : asset.generated().model());
        answer.put("prediction_id", prediction);
        answer.values().removeIf(value -> value == null);
        return answer;
    }

    private Asset asset(String model, Map<String, Object> input, JsonNode body) {
        String prompt = input.get("prompt") instanceof String text ? text : null;
        Map<String, Object> metadata =
                new LinkedHashMap<>(body.path("metadata").isObject() ? Json.toMap(body.get("metadata")) : Map.of());
        metadata.put("model", model);
        if (prompt != null) {
            metadata.put("prompt", Prediction.shortened(prompt));
        }
        List<String> tags = new ArrayList<>(List.of(Tags.GENERATED));
        body.path("tags").forEach(tag -> tags.add(tag.asText()));
        String name = Imports.name(body.path("name").asText(""));
        return imports.announced(
                imports.newId(),
                body.path("owner").asText("default"),
                AssetType.valueOf(body.path("type").asText("video").toUpperCase(Locale.ROOT)),
                name.isEmpty() ? GeneratedNames.of(prompt, model) : name,
                null,
                new Generated(model, null),
                Metadata.checked(metadata),
                Tags.checked(tags));
    }

    private static IdempotencyKey key(Exchange exchange, String owner, String model, JsonNode body) {
        String name = exchange.getMessage().getHeader("Idempotency-Key", String.class);
        return name == null ? null : IdempotencyKey.of(owner, name, "startPrediction " + model + Json.text(body));
    }
}
