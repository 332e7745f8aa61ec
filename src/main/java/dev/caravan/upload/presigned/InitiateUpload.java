package dev.caravan.upload.presigned;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.ExpectedUpload;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.fetch.Fetcher;
import dev.caravan.http.Answers;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.intake.IdempotencyKey;
import dev.caravan.job.Pipelines;
import dev.caravan.json.Json;
import dev.caravan.storage.ObjectLinks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** The bean {@code initiation} of the routes initiate-media and initiate-alert-media. */
public final class InitiateUpload {
    private static final String ALERT = "alertId";
    private static final Pattern ALERT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}");

    private final PresignedUploads presignedUploads;
    private final ObjectLinks objectLinks;
    private final Fetcher fetcher;
    private final PresignedUploadSettings settings;
    private final Pipelines pipelines;
    private final Clock clock;

    InitiateUpload(
            PresignedUploads presignedUploads,
            ObjectLinks objectLinks,
            Fetcher fetcher,
            PresignedUploadSettings settings,
            Pipelines pipelines,
            Clock clock) {
        this.presignedUploads = presignedUploads;
        this.objectLinks = objectLinks;
        this.fetcher = fetcher;
        this.settings = settings;
        this.pipelines = pipelines;
        this.clock = clock;
    }

    /** Announces a file; answers where the client may send its bytes. */
    public Map<String, Object> create(Exchange exchange, JsonNode body) {
        String alertId = alertId(exchange);
        PresignedUploads.Wish wish = wish(body, alertId);
        Asset asset = presignedUploads.announce(wish, key(exchange, wish.owner(), alertId, body));
        boolean open = asset.status() == AssetStatus.UPLOADING;
        if (open && asset.announced().size() > settings.partsAbove()) {
            asset = presignedUploads.inParts(
                    asset, settings.partSize(asset.announced().size()));
        }
        Answers.header(exchange, "Location", "/api/v1/media/" + asset.assetId());
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 201);
        return answer(asset, open);
    }

    private static String alertId(Exchange exchange) {
        String id = exchange.getMessage().getHeader(ALERT, String.class);
        if (id != null && !ALERT_ID.matcher(id).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_QUERY,
                    "The path names an alert as nobody calls one",
                    "Use 1 to 128 letters, digits and . _ : - after a letter or digit.");
        }
        return id;
    }

    private PresignedUploads.Wish wish(JsonNode body, String alertId) {
        AssetType type = AssetType.valueOf(body.path("type").asText().toUpperCase(Locale.ROOT));
        return new PresignedUploads.Wish(
                body.path("owner").asText("default"),
                type,
                body.path("filename").asText(),
                mediaType(body.path("mimeType").asText().toLowerCase(Locale.ROOT), type),
                body.path("size").asLong(),
                body.hasNonNull("sha256") ? body.path("sha256").asText().toLowerCase(Locale.ROOT) : null,
                body.hasNonNull("notify_url") ? checked(body.path("notify_url").asText()) : null,
                alertId,
                body.hasNonNull("category") ? body.path("category").asText() : null,
                body.hasNonNull("position") ? body.path("position").asInt() : null);
    }

    /** Refuses a file of another declared type before it is sent. */
    private static String mediaType(String given, AssetType type) {
        if (!given.startsWith(type.word() + "/") && !given.startsWith("application/")) {
            throw new ProblemException(
                    ProblemCode.INVALID_BODY,
                    "/mimeType is %s, and /type %s".formatted(given, type.word()),
                    "Use a media type that begins with %s/, or application/octet-stream.".formatted(type.word()));
        }
        return given;
    }

    /** Checks the URL now, so that no client waits for a call that will never come. */
    private String checked(String url) {
        try {
            FetchTarget target = FetchTarget.of(url);
            fetcher.check(target);
            requirePipeline();
            return target.text();
        } catch (StepException e) {
            throw new ProblemException(
                    ProblemCode.valueOf(e.failure().code()),
                    "/notify_url: " + e.failure().message(),
                    e.failure().advice());
        }
    }

    private void requirePipeline() {
        if (!pipelines.names().contains(CompleteUpload.NOTIFY)) {
            throw new ProblemException(
                    ProblemCode.NOT_CONFIGURED,
                    "/notify_url: there is no pipeline %s here that would call it".formatted(CompleteUpload.NOTIFY),
                    "Leave it away, or include routes/pipelines/notify.camel.yaml.");
        }
    }

    private static IdempotencyKey key(Exchange exchange, String owner, String alertId, JsonNode body) {
        String name = exchange.getMessage().getHeader("Idempotency-Key", String.class);
        return name == null ? null : IdempotencyKey.of(owner, name, "initiate " + alertId + " " + Json.text(body));
    }

    private Map<String, Object> answer(Asset asset, boolean open) {
        ExpectedUpload expectedUpload = asset.announced();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("mediaId", asset.assetId());
        answer.put("asset_id", asset.assetId());
        answer.put("status", asset.status());
        answer.put("expires_at", expectedUpload.expiresAt());
        if (open && expectedUpload.size() <= PresignedUploadSettings.MAX_PUT) {
            answer.put("upload", upload(asset));
        }
        if (open && expectedUpload.uploadId() != null) {
            answer.put("multipart", multipart(asset));
        }
        answer.put("proxy_path", "/api/v1/uploads/" + asset.assetId());
        answer.put("complete_path", "/api/v1/media/%s/complete".formatted(asset.assetId()));
        return answer;
    }

    private Map<String, Object> upload(Asset asset) {
        ExpectedUpload expectedUpload = asset.announced();
        ObjectLinks.Put put = objectLinks.put(
                asset.source().bucket(),
                asset.source().key(),
                expectedUpload.contentType(),
                expectedUpload.size(),
                left(expectedUpload));
        Map<String, Object> upload = request(put);
        upload.put("expires_at", expectedUpload.expiresAt());
        return upload;
    }

    private Map<String, Object> multipart(Asset asset) {
        ExpectedUpload expectedUpload = asset.announced();
        List<Map<String, Object>> parts = new ArrayList<>();
        for (UploadPart piece : UploadPart.of(expectedUpload)) {
            ObjectLinks.Put put = objectLinks.part(
                    asset.source().bucket(),
                    asset.source().key(),
                    expectedUpload.uploadId(),
                    piece.number(),
                    piece.size(),
                    left(expectedUpload));
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("part_number", piece.number());
            part.put("size", piece.size());
            part.putAll(request(put));
            parts.add(part);
        }
        Map<String, Object> multipart = new LinkedHashMap<>();
        multipart.put("part_size", expectedUpload.partSize());
        multipart.put("expires_at", expectedUpload.expiresAt());
        multipart.put("parts", parts);
        return multipart;
    }

    private static Map<String, Object> request(ObjectLinks.Put put) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", "PUT");
        request.put("url", put.url());
        request.put("headers", put.headers());
        return request;
    }

    /** Returns the time that is left, also to a repeated request. S3 counts in whole seconds. */
    private Duration left(ExpectedUpload expectedUpload) {
        long seconds = Duration.between(clock.instant(), Instant.parse(expectedUpload.expiresAt()))
                .toSeconds();
        return Duration.ofSeconds(Math.max(1, seconds));
    }
}
