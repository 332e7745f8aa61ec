package dev.caravan;

import dev.caravan.failure.StepException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Requests to the operations that act on jobs: most answers depend on where the job stands. */
final class ContractSteering {
    private final TestCaravan caravan;
    private final ApiClient api;
    /** One that has completed. */
    private final String job;

    final String redrive;

    ContractSteering(TestCaravan caravan, ApiClient api, String job) {
        this.caravan = caravan;
        this.api = api;
        this.job = job;
        this.redrive = api.json("POST", "/api/v1/dead-letters/redrive", "{\"ids\":[\"nothing\"]}")
                .body()
                .path("redrive_id")
                .asText();
    }

    /** The request that is answered with this status; empty where any request to the operation would do. */
    Optional<ContractSample> exact(String operation, int status, ContractSample plain) {
        String request = operation + " " + status;
        return Optional.ofNullable(
                switch (request) {
                    case "retryJob 200" -> plain.saying("{\"from\":\"start\",\"dry_run\":true}");
                    case "retryJob 202" -> plain.about(job, dead()).saying("{}");
                    case "retryJob 409", "cancelJob 409" -> plain.saying("{}");
                    case "planJob 400" -> plain.at(plain.path() + "?from=nowhere");
                    case "cancelJob 200" -> plain.about(job, waiting()).saying("{}");
                    case "patchJob 200" -> plain.about(job, waiting()).saying("{\"priority\":\"high\"}");
                    case "patchJob 409" -> plain.saying("{\"priority\":\"high\"}");
                    case "getDeadLetter 200" -> plain.about(job, dead());
                    case "importFromUrl 422" -> plain.saying(imported("http://169.254.169.254/latest/meta-data"));
                    case "redriveDeadLetters 202" -> plain.saying("{\"ids\":[\"nothing\"]}");
                    default -> null;
                });
    }

    /** What fits all other statuses. */
    static ContractSample sample(String operation, ContractSample plain) {
        return switch (operation) {
            case "retryJob", "cancelJob" -> plain.saying("{}");
            case "patchJob" -> plain.saying("{\"priority\":\"high\"}");
            case "importFromUrl" -> plain.saying(imported("http://nobody.invalid/a.mp4"));
            case "redriveDeadLetters" -> plain.saying("{\"all\":true,\"dry_run\":true}");
            default -> plain;
        };
    }

    private static String imported(String url) {
        return "{\"url\":\"%s\",\"name\":\"a\",\"type\":\"video\"}".formatted(url);
    }

    private String dead() {
        caravan.stage.set("only", (exchange, step) -> {
            throw StepException.permanent("BROKEN", "It is broken", "Mend it");
        });
        String id = caravan.submit("one-act");
        caravan.awaitEnd(id);
        caravan.stage.set("only", (exchange, step) -> {});
        return id;
    }

    private String waiting() {
        String body = "{\"asset_id\":\"%s\",\"pipeline\":\"three-acts\",\"run_at\":\"%s\"}"
                .formatted(caravan.job(job).assetId(), Instant.now().plus(Duration.ofHours(1)));
        return api.json("POST", "/api/v1/jobs", body).body().path("job_id").asText();
    }
}
