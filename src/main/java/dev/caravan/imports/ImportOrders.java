package dev.caravan.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Imported;
import dev.caravan.asset.Metadata;
import dev.caravan.asset.Tags;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.fetch.Fetcher;
import dev.caravan.http.Answers;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.intake.IdempotencyKey;
import dev.caravan.intake.Intake;
import dev.caravan.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts imports; the bean {@code importOrders} of the route import-from-url. */
public final class ImportOrders {
    private static final Logger LOG = LoggerFactory.getLogger(ImportOrders.class);
    private final Fetcher fetcher;
    private final Intake intake;
    private final Imports imports;

    ImportOrders(Fetcher fetcher, Intake intake, Imports imports) {
        this.fetcher = fetcher;
        this.intake = intake;
        this.imports = imports;
    }

    /** @return ids of the asset and of the job that fetches its file */
    public Map<String, Object> create(Exchange exchange, JsonNode body) {
        FetchTarget url = target(body.path("url").asText());
        Asset asset = asset(body, url);
        Intake.Accepted accepted =
                intake.accept(asset, List.of(Imports.order(asset.type())), key(exchange, asset.owner(), body));
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

    private Asset asset(JsonNode body, FetchTarget url) {
        return imports.announced(
                imports.newId(),
                body.path("owner").asText("default"),
                AssetType.valueOf(body.path("type").asText().toUpperCase(Locale.ROOT)),
                name(body, url),
                Imported.from(url.text(), url.masked()),
                null,
                body.path("metadata").isObject() ? Metadata.checked(Json.toMap(body.get("metadata"))) : null,
                tags(body.path("tags")));
    }

    /** Returns the name in the body, or else that of the URL's file. */
    private static String name(JsonNode body, FetchTarget url) {
        if (!body.has("name")) {
            return Optional.ofNullable(url.fileName())
                    .map(Imports::name)
                    .filter(name -> !name.isEmpty())
                    .orElse("import");
        }
        String name = Imports.name(body.path("name").asText());
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

    private FetchTarget target(String url) {
        try {
            FetchTarget target = FetchTarget.of(url);
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
