package dev.caravan.replicate;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import dev.caravan.webhook.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings for calls to Replicate and its webhooks.
 *
 * @param token starts predictions; never shown
 * @param api base of its HTTP API
 * @param publicUrl where Replicate reaches this Caravan
 * @param models short names, with the models that they stand for
 * @param keepTrying time after a webhook in which an output is worth another attempt
 */
record ReplicateSettings(
        Optional<String> token,
        Secrets secrets,
        URI api,
        Optional<String> publicUrl,
        Map<String, String> models,
        Duration timeout,
        Duration keepTrying) {
    private static final String SECRETS = "caravan.replicate.webhook-secrets";
    private static final String MODELS = "caravan.replicate.models";
    private static final Pattern MODEL =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}/[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    static ReplicateSettings of(Settings settings) {
        return new ReplicateSettings(
                settings.find("caravan.replicate.token"),
                new Secrets(SECRETS, settings.list("caravan.replicate.webhook-secrets")),
                settings.url("caravan.replicate.url").orElseThrow(),
                settings.find("caravan.http.url").map(url -> url.replaceAll("/+$", "")),
                models(settings),
                settings.duration("caravan.replicate.timeout"),
                settings.duration("caravan.replicate.keep-trying"));
    }

    private static Map<String, String> models(Settings settings) {
        Map<String, String> models = new LinkedHashMap<>();
        for (String entry : settings.list("caravan.replicate.models")) {
            String[] both = entry.split("=", 2);
            if (both.length < 2 || !MODEL.matcher(both[1].strip()).matches()) {
                throw new InvalidSetting(MODELS, entry, "it must be a short name, = and owner/name");
            }
            models.put(both[0].strip(), both[1].strip());
        }
        return models;
    }

    /** @throws ProblemException {@code NOT_CONFIGURED} */
    Secrets requiredSecrets() {
        if (secrets.isEmpty()) {
            throw missing("webhooks of Replicate are not taken", SECRETS, "REPLICATE_WEBHOOK_SECRET");
        }
        return secrets;
    }

    /** @throws ProblemException {@code NOT_CONFIGURED} */
    String requiredToken() {
        return token.orElseThrow(
                () -> missing("no prediction can be started", "caravan.replicate.token", "REPLICATE_API_TOKEN"));
    }

    /**
     * Returns the URL to which Replicate sends the outcome of the prediction that {@code assetId} waits for.
     *
     * @throws ProblemException {@code NOT_CONFIGURED}
     */
    String webhook(String assetId) {
        requiredSecrets();
        return publicUrl.orElseThrow(
                        () -> missing("Replicate could not send its result", "caravan.http.url", "API_URL"))
                + "/api/v1/webhooks/replicate?asset=" + assetId;
    }

    private static ProblemException missing(String what, String setting, String variable) {
        return new ProblemException(
                ProblemCode.NOT_CONFIGURED,
                "%s: %s is not set".formatted(what, setting),
                "Set %s (%s), and start Caravan again; docs/operators.md tells how.".formatted(setting, variable));
    }

    /**
     * Returns the model that a client means.
     *
     * @param name {@code owner/name} or a short name
     * @throws ProblemException {@code UNKNOWN_MODEL}
     */
    String model(String name) {
        String model = models.getOrDefault(name, name);
        if (MODEL.matcher(model).matches()) {
            return model;
        }
        throw new ProblemException(
                ProblemCode.UNKNOWN_MODEL,
                "There is no model " + name,
                "Name it as owner/name, as Replicate does"
                        + (models.isEmpty() ? "." : ", or use one of " + String.join(", ", models.keySet()) + "."));
    }
}
