package dev.caravan.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.http.QueryString;
import dev.caravan.intake.Intake;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives Replicate's webhooks on predictions; the bean {@code replicateHook} of the route replicate-webhook. */
public final class ReplicateWebhook {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicateWebhook.class);

    /** DynamoDB accepts 100 writes in one transaction; each file needs up to three. */
    private static final int AT_ONCE = 30;

    private static final String ASSET_ID = "[A-Za-z0-9_-]{1,64}";

    private final ReplicateSettings settings;
    private final SeenWebhooks seen;
    private final PredictionOutputs predictionOutputs;
    private final Intake intake;
    private final Assets assets;
    private final Records records;
    private final Clock clock;

    ReplicateWebhook(
            ReplicateSettings settings,
            SeenWebhooks seen,
            PredictionOutputs predictionOutputs,
            Intake intake,
            Assets assets,
            Records records,
            Clock clock) {
        this.settings = settings;
        this.seen = seen;
        this.predictionOutputs = predictionOutputs;
        this.intake = intake;
        this.assets = assets;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Accepts only webhooks that Replicate signed. Nothing in the body is examined before.
     *
     * @throws dev.caravan.failure.Refusal {@code INVALID_SIGNATURE}
     * @throws dev.caravan.http.ProblemException {@code NOT_CONFIGURED}
     */
    public void verify(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        settings.requiredSecrets()
                .verify(
                        id(message),
                        message.getHeader("webhook-timestamp", String.class),
                        message.getHeader("webhook-signature", String.class),
                        body == null ? new byte[0] : body,
                        clock.instant());
    }

    private static String id(Message message) {
        return message.getHeader("webhook-id", String.class);
    }

    /** @return the outcome; the same for a webhook that came before */
    public Map<String, Object> receive(Exchange exchange, JsonNode body) {
        String webhookId = id(exchange.getMessage());
        Prediction prediction = Prediction.of(body);
        if (!prediction.ended()) {
            return answer("ignored", prediction, List.of());
        }
        Optional<String> asset = QueryString.of(exchange).find("asset");
        return seen.find(webhookId).orElseGet(() -> take(webhookId, prediction, asset.orElse(null)));
    }

    private Map<String, Object> take(String webhookId, Prediction prediction, String assetId) {
        List<Intake.Accepted> before = new ArrayList<>();
        while (true) {
            Optional<Asset> named = Optional.ofNullable(assetId)
                    .filter(id -> id.matches(ASSET_ID))
                    .flatMap(assets::find)
                    .filter(found -> owns(found, prediction));
            if (named.map(Asset::deleted).orElse(false)) {
                return told(webhookId, answer("ignored", prediction, List.of()));
            }
            List<Intake.Arrival> arrivals = predictionOutputs.arrivals(prediction, named.orElse(null)).stream()
                    .filter(this::isNew)
                    .toList();
            if (arrivals.isEmpty()) {
                return told(webhookId, answer("known", prediction, List.of()));
            }
            boolean all = arrivals.size() <= AT_ONCE;
            try {
                before.addAll(
                        all
                                ? last(webhookId, prediction, arrivals, before)
                                : some(webhookId, prediction, arrivals.subList(0, AT_ONCE)));
            } catch (ConditionFailed e) {
                if (all && e.part() == 0) {
                    return SeenWebhooks.answer(e.found());
                }
                // Another webhook of the same prediction, or a change of the asset, was quicker: read again.
                continue;
            }
            if (all) {
                LOG.info("prediction {} {}: {}", prediction.id(), prediction.status(), before);
                return answer(word(prediction), prediction, before);
            }
        }
    }

    /** Accepts the last files, which completes the webhook, and records its answer with them. */
    private List<Intake.Accepted> last(
            String webhookId, Prediction prediction, List<Intake.Arrival> arrivals, List<Intake.Accepted> before) {
        return intake.acceptTogether(
                arrivals, last -> seen.note(webhookId, answer(word(prediction), prediction, together(before, last))));
    }

    /** Accepts some files of more: if it is interrupted here, the rest follow when the webhook comes again. */
    private List<Intake.Accepted> some(String webhookId, Prediction prediction, List<Intake.Arrival> arrivals) {
        String part = webhookId + "/" + arrivals.get(0).asset().assetId();
        return intake.acceptTogether(arrivals, some -> seen.note(part, answer(word(prediction), prediction, some)));
    }

    private static List<Intake.Accepted> together(List<Intake.Accepted> some, List<Intake.Accepted> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String word(Prediction prediction) {
        return prediction.failure().isPresent() ? "recorded" : "accepted";
    }

    /** Says whether the asset waits, or waited, for this prediction. */
    private static boolean owns(Asset asset, Prediction prediction) {
        return asset.deleted()
                || asset.generated() != null
                        && (asset.generated().prediction() == null
                                || asset.generated().prediction().equals(prediction.id()));
    }

    private boolean isNew(Intake.Arrival arrival) {
        return arrival.before() != null
                ? arrival.before().imported() == null
                : assets.find(arrival.asset().assetId()).isEmpty();
    }

    private Map<String, Object> told(String webhookId, Map<String, Object> answer) {
        try {
            records.write(List.of(seen.note(webhookId, answer)));
            return answer;
        } catch (ConditionFailed before) {
            return SeenWebhooks.answer(before.found());
        }
    }

    private static Map<String, Object> answer(String word, Prediction prediction, List<Intake.Accepted> accepted) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", word);
        answer.put("prediction_id", prediction.id());
        answer.put("assets", accepted.stream().map(ReplicateWebhook::shown).toList());
        return answer;
    }

    private static Map<String, Object> shown(Intake.Accepted accepted) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("asset_id", accepted.assetId());
        accepted.jobs().stream().findFirst().ifPresent(job -> shown.put("import_job_id", job));
        return shown;
    }
}
