package dev.caravan;

import dev.caravan.ReplicateSite.Hook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Requests to the operations around predictions. */
final class ContractPredictions {
    static final String SECRET = "whsec_Y29udHJhY3Qgb2YgY2FyYXZhbg==";
    static final String ORDER = "{\"prompt\":\"contract\"}";

    private final ApiClient api;
    private final ReplicateSite site;
    private int told;

    ContractPredictions(ApiClient api, ReplicateSite site) {
        this.api = api;
        this.site = site;
    }

    /** The request that is answered with this status; empty where any request to the operation would do. */
    Optional<ContractSample> exact(String operation, int status, ContractSample plain) {
        boolean order = operation.equals("startPrediction") || operation.equals("startPredictionOf");
        if (order) {
            site.replies(201, null);
        }
        if (order && status == 404) {
            return Optional.of(plain.about("wan-video-t2v", "nothing")
                    .about("flux-schnell", "-")
                    .saying(ORDER));
        } else if (order && status == 409) {
            ContractSample ordered = plain.saying(ORDER).with("Idempotency-Key", operation);
            String id = ordered.sendBy(api).body().path("job_id").asText();
            api.send("DELETE", "/api/v1/media/" + id);
            return Optional.of(ordered);
        } else if (order && status == 422) {
            site.replies(422, "{\"detail\":\"no\"}");
            return Optional.of(plain.saying(ORDER));
        } else if (operation.equals("receiveReplicateWebhook") && status == 400) {
            return Optional.of(webhook(plain, new Hook("contract", Instant.now(), "{", List.of(SECRET), "")));
        } else if (operation.equals("receiveReplicateWebhook") && status == 401) {
            return Optional.of(plain.saying("{\"id\":\"p\",\"status\":\"failed\"}"));
        }
        return Optional.empty();
    }

    /** Signed, and of a prediction that nobody knows yet. */
    ContractSample webhook(ContractSample plain) {
        return webhook(plain, Hook.of("contract" + told++, "failed", null, "").signedWith(SECRET));
    }

    private static ContractSample webhook(ContractSample plain, Hook hook) {
        ContractSample signed = plain.saying(hook.body());
        List<String> headers = hook.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            signed = signed.with(headers.get(i), headers.get(i + 1));
        }
        return signed;
    }
}
