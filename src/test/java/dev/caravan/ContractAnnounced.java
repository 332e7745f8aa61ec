package dev.caravan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;

/** Requests to the operations that announce and complete uploads: answers depend on what has come. */
final class ContractAnnounced {
    static final String ALERT = "alert-7";

    private static final String MEDIA = "initiateMedia";
    private static final String OF_ALERT = "initiateAlertMedia";
    /** What a PNG begins with. */
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 'I', 'H'};

    private final TestCaravan caravan;
    private final ApiClient api;
    private final String stranger;

    /** @param stranger id of an asset that was not announced */
    ContractAnnounced(TestCaravan caravan, ApiClient api, String stranger) {
        this.caravan = caravan;
        this.api = api;
        this.stranger = stranger;
    }

    /** What fits all other statuses. */
    static ContractSample sample(String operation, ContractSample plain) {
        return plain.saying(operation.equals(MEDIA) || operation.equals(OF_ALERT) ? body("") : "{}");
    }

    Optional<ContractSample> exact(String operation, int status, ContractSample plain) {
        if (operation.equals(MEDIA) || operation.equals(OF_ALERT)) {
            return status == 422
                    ? Optional.of(plain.saying(body(",\"notify_url\":\"http://169.254.169.254/latest\"")))
                    : Optional.empty();
        } else if (!operation.equals("completeMedia") && !operation.equals("completeAlertMedia")) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                        switch (status) {
                            case 202 -> come(PICTURE);
                            case 409 -> announced();
                            case 410 -> expired();
                            case 422 -> come("only words...!".getBytes(StandardCharsets.US_ASCII));
                            default -> null;
                        })
                .map(id -> plain.about(stranger, id).saying("{}"));
    }

    private static String body(String more) {
        return "{\"type\":\"image\",\"filename\":\"a.png\",\"mimeType\":\"image/png\",\"size\":14%s}".formatted(more);
    }

    private String announced() {
        return api.json("POST", "/api/alerts/" + ALERT + "/media/initiate", body(""))
                .body()
                .path("mediaId")
                .asText();
    }

    private String come(byte[] bytes) {
        String id = announced();
        caravan.s3()
                .putObject(
                        request -> request.bucket(caravan.asset(id).source().bucket())
                                .key(caravan.asset(id).source().key()),
                        RequestBody.fromBytes(bytes));
        return id;
    }

    private String expired() {
        String id = announced();
        caravan.records()
                .update(caravan.assets()
                        .writeOf(caravan.asset(id))
                        .set(
                                "announced.expires_at",
                                Instant.now().minusSeconds(1).toString()));
        return id;
    }
}
