package dev.caravan.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Imported;
import dev.caravan.asset.Metadata;
import dev.caravan.asset.Tags;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.Fetcher;
import dev.caravan.fetch.Target;
import dev.caravan.http.Answers;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.intake.IdempotencyKey;
import dev.caravan.intake.Intake;
import dev.caravan.job.Priority;
import dev.caravan.records.Json;
import dev.caravan.records.Timestamps;
import dev.caravan.storage.MediaFile;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean {@code importOrders} of the route import-from-url. */
public final class ImportOrders {
    private static final Logger LOG = LoggerFactory.getLogger(ImportOrders.class);
    private static final Map<AssetType, String> PIPELINES =
            Map.of(AssetType.VIDEO, "import-media", AssetType.IMAGE, "import-image", AssetType.AUDIO, "import-audio");
    private static final int ID_BYTES = 12;

    private final Fetcher fetcher;
    private final Intake intake;
    private final String bucket;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ImportOrders(Fetcher fetcher, Intake intake, String bucket, Clock clock) {
        this.fetcher = fetcher;
        this.intake = intake;
        this.bucket = bucket;
        this.clock = clock;
    }

    /** @return ids of the asset and of the job that fetches its file */
    public Map<String, Object> create(Exchange exchange, JsonNode body) {
        Target url = target(body.path("url").asText());
        Asset asset = asset(body, url);
        Intake.Order order = new Intake.Order(PIPELINES.get(asset.type()), Priority.NORMAL, Map.of(), true);
        Intake.Accepted accepted = intake.accept(asset, List.of(order), key(exchange, asset.owner(), body));
        String jobId = accepted.jobs().get(0);
        if (!accepted.repeated()) {
            LOG.info("{} is imported as asset {} by job {}", url, accepted.assetId(), jobId);
        }
        Answers.header(exchange, "Location", "/api/v1/media/" + accepted.assetId());
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("asset_id", accepted.assetId());
        answer.put("import_job_id", jobId);
        return answer;
    }

    private Asset asset(JsonNode body, Target url) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String assetId = HexFormat.of().formatHex(id);
        String owner = body.path("owner").asText("default");
        String place = "media/%s/%s/import".formatted(owner, assetId);
        AssetType type = AssetType.valueOf(body.path("type").asText().toUpperCase(Locale.ROOT));
        return Asset.announced(
                assetId,
                owner,
                type,
                new MediaFile(bucket, place, "", 0, null, name(body.path("name").asText())),
                new Imported(url.text(), url.masked(), null, null),
                body.path("metadata").isObject() ? Metadata.checked(Json.toMap(body.get("metadata"))) : null,
                tags(body.path("tags")),
                PIPELINES.get(type),
                Timestamps.now(clock));
    }

    /** One line of characters that are seen: neither controls nor such that turn the direction of what follows. */
    private static String name(String given) {
        String name = given.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\u200D]]", "")
                .strip();
        if (name.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVALID_BODY, "/name has no character that can be seen", "Give the file a name.");
        }
        return name;
    }

    private static List<String> tags(JsonNode given) {
        List<String> words = new ArrayList<>();
        given.forEach(word -> words.add(word.asText()));
        return Tags.checked(words);
    }

    private Target target(String url) {
        try {
            Target target = Target.of(url);
            fetcher.check(target);
            return target;
        } catch (StepException e) {
            throw new ProblemException(
                    ProblemCode.valueOf(e.failure().code()),
                    e.failure().message(),
                    e.failure().advice());
        }
    }

    private static IdempotencyKey key(Exchange exchange, String owner, JsonNode body) {
        String name = exchange.getMessage().getHeader("Idempotency-Key", String.class);
        return name == null ? null : IdempotencyKey.of(owner, name, "importFromUrl " + Json.text(body));
    }
}
