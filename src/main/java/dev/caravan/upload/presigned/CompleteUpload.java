package dev.caravan.upload.presigned;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.http.Answers;
import dev.caravan.http.Problem;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.intake.Intake;
import dev.caravan.intake.PipelineChoice;
import dev.caravan.job.Pipelines;
import dev.caravan.json.Json;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Write;
import dev.caravan.storage.MediaFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The bean {@code completion} of the route complete-upload: checks the uploaded file, and starts its jobs - once. */
public final class CompleteUpload {
    /** Headers of the exchange: the asset, and the client's record if the request names one. */
    public static final String MEDIA = "mediaId";

    private static final String ALERT = "alertId";
    /** The pipeline that calls {@code notify_url}. */
    static final String NOTIFY = "notify";

    private static final int UNPROCESSABLE = 422;

    private static final Logger LOG = LoggerFactory.getLogger(CompleteUpload.class);

    private final PresignedUploads presignedUploads;
    private final UploadedObjects files;
    private final Assets assets;
    private final Records records;
    private final Intake intake;
    private final Pipelines pipelines;

    CompleteUpload(
            PresignedUploads presignedUploads,
            UploadedObjects files,
            Assets assets,
            Records records,
            Intake intake,
            Pipelines pipelines) {
        this.presignedUploads = presignedUploads;
        this.files = files;
        this.assets = assets;
        this.records = records;
        this.intake = intake;
        this.pipelines = pipelines;
    }

    /** An asset with the file that has come for it. */
    public record Arrival(Asset asset, MediaFile file) {}

    /**
     * Checks that the announced file is there as announced. Leaves an {@link Arrival} and the variables of choose-pipeline;
     * if it was completed before, the answer, and no variables.
     */
    public void examine(Exchange exchange) {
        JsonNode body = exchange.getMessage().getBody() instanceof JsonNode json ? json : Json.MAPPER.missingNode();
        Asset asset = presignedUploads.find(exchange.getMessage().getHeader(MEDIA, String.class));
        requireAlert(asset, exchange.getMessage().getHeader(ALERT, String.class));
        if (asset.announced().jobs() != null) {
            exchange.getMessage().setBody(answer(exchange, asset));
            return;
        }
        presignedUploads.requireTime(asset);
        MediaFile file = found(asset, body);
        PipelineChoice.facts(asset.type(), asset.owner(), file, asset.tags()).forEach(exchange::setVariable);
        exchange.setVariable(PipelineChoice.FILENAME, asset.filename());
        exchange.getMessage().setBody(new Arrival(asset, file));
    }

    private MediaFile found(Asset asset, JsonNode body) {
        try {
            return files.find(
                    asset, UploadedObjects.parts(body), body.path("sha256").asText(null));
        } catch (ProblemException refused) {
            remember(asset, refused.problem());
            throw refused;
        }
    }

    /** Records the fault of this file; the asset still waits for a better one. */
    private void remember(Asset asset, Problem problem) {
        if (problem.status() != UNPROCESSABLE) {
            return;
        }
        Failure why =
                new Failure(problem.code(), FailureKind.PERMANENT, null, problem.detail(), problem.advice(), null);
        try {
            records.update(assets.writeOf(asset).set("error", why));
        } catch (ConditionFailed changed) {
            LOG.debug("asset {} changed before {} was written down", asset.assetId(), problem.code());
        }
    }

    /** Starts the jobs that the route choose-pipeline named, and updates the asset. */
    public Map<String, Object> accept(Exchange exchange, Arrival arrival) {
        PipelineChoice choice = PipelineChoice.of(name -> exchange.getVariable(name, String.class));
        List<Intake.Order> orders = orders(choice, arrival.asset());
        Asset before = arrival.asset();
        Asset after = before.arrived(arrival.file(), choice.required());
        try {
            intake.begin(after, AssetStatus.UPLOADING, orders, jobs -> change(before, after, jobs));
        } catch (ConditionFailed meanwhile) {
            return answer(exchange, completedElsewhere(before.assetId()));
        }
        LOG.info(
                "asset {} ({} bytes) has come: {}",
                after.assetId(),
                arrival.file().size(),
                arrival.file().uri());
        files.settle(before);
        return answer(exchange, presignedUploads.find(before.assetId()));
    }

    /** Returns the chosen jobs, and the job that reports the end if the client wants to hear of it. */
    private List<Intake.Order> orders(PipelineChoice choice, Asset asset) {
        List<Intake.Order> orders = new ArrayList<>(choice.orders(pipelines));
        if (asset.announced().notifyUrl() == null) {
            return orders;
        }
        if (!pipelines.names().contains(NOTIFY)) {
            LOG.warn("asset {}: nobody is told of its end, there is no pipeline {}", asset.assetId(), NOTIFY);
        } else {
            orders.add(new Intake.Order(NOTIFY, pipelines.priority(NOTIFY), Map.of(), false));
        }
        return orders;
    }

    private TransactWriteItem change(Asset before, Asset after, List<String> jobs) {
        Write write = assets.writeOf(before)
                .where("status", AssetStatus.UPLOADING.word())
                .set("status", after.status().word())
                .remove("error")
                .set("source", Json.toMap(after.source()))
                .set("file", Json.toMap(after.file()))
                .set("size_before", after.sizeBefore())
                .set("open_required", after.openRequired())
                .set("announced", Json.toMap(after.announced().arrived(jobs)));
        return write.part();
    }

    private Asset completedElsewhere(String assetId) {
        Asset asset = presignedUploads.find(assetId);
        if (asset.announced().jobs() == null) {
            presignedUploads.requireTime(asset);
            throw new ProblemException(
                    ProblemCode.STALE_REVISION,
                    "The asset was changed while its file was looked at",
                    "Complete it again.");
        }
        return asset;
    }

    private static void requireAlert(Asset asset, String alertId) {
        if (alertId != null && !alertId.equals(asset.announced().alertId())) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_ASSET,
                    "The alert %s has no asset with the id %s".formatted(alertId, asset.assetId()),
                    "The answer to POST /api/alerts/%s/media/initiate names its mediaId.".formatted(alertId));
        }
    }

    private static Map<String, Object> answer(Exchange exchange, Asset asset) {
        Answers.header(exchange, "Location", "/api/v1/media/" + asset.assetId());
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("mediaId", asset.assetId());
        answer.put("asset_id", asset.assetId());
        answer.put("status", asset.status());
        answer.put("jobs", asset.announced().jobs());
        return answer;
    }
}
