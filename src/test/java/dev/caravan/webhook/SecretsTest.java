package dev.caravan.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.Refusal;
import dev.caravan.settings.InvalidSetting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
    /** The example of the specification's own libraries. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIME = 1614265330L;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant NOW = Instant.ofEpochSecond(TIME);

    private final Secrets secrets = secrets(SECRET);

    private static Secrets secrets(String... texts) {
        return new Secrets("a.setting", List.of(texts));
    }

    @Test
    void what_was_signed_with_the_secret_passes() {
        secrets.verify(ID, "" + TIME, SIGNATURE, BODY, NOW);
    }

    @Test
    void what_is_sent_is_signed_as_the_specification_has_it_and_with_each_secret() {
        String other = "whsec_" + Base64.getEncoder().encodeToString("another one".getBytes(StandardCharsets.UTF_8));
        assertThat(secrets.headers(ID, NOW, BODY, Map.of("Content-Type", "application/json")))
                .containsEntry("Content-Type", "application/json")
                .containsEntry("webhook-id", ID)
                .containsEntry("webhook-timestamp", "" + TIME)
                .containsEntry("webhook-signature", SIGNATURE);
        String both = secrets(SECRET, other).headers(ID, NOW, BODY, Map.of()).get("webhook-signature");
        secrets.verify(ID, "" + TIME, both, BODY, NOW);
        secrets(other).verify(ID, "" + TIME, both, BODY, NOW);
        assertThat(new Secrets("a.setting", List.of()).headers(ID, NOW, BODY, Map.of()))
                .doesNotContainKey("webhook-signature");
    }

    @Test
    void one_signature_of_several_and_one_secret_of_several_are_enough() {
        String other = "whsec_" + Base64.getEncoder().encodeToString("another one".getBytes(StandardCharsets.UTF_8));
        secrets.verify(ID, "" + TIME, "v1a,x v1,AAAA " + SIGNATURE, BODY, NOW);
        secrets(other, SECRET).verify(ID, "" + TIME, SIGNATURE, BODY, NOW);
        secrets(SECRET.substring("whsec_".length())).verify(ID, "" + TIME, SIGNATURE, BODY, NOW);
        assertThatThrownBy(() -> secrets(other).verify(ID, "" + TIME, SIGNATURE, BODY, NOW))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void five_minutes_either_way_are_tolerated_and_no_more() {
        Duration tolerated = Duration.ofMinutes(5);
        for (int sign : new int[] {1, -1}) {
            Instant edge = NOW.plus(tolerated.multipliedBy(sign));
            secrets.verify(ID, "" + TIME, SIGNATURE, BODY, edge);
            assertThatThrownBy(() -> secrets.verify(ID, "" + TIME, SIGNATURE, BODY, edge.plusSeconds(sign)))
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void whatever_was_changed_is_refused() {
        byte[] tampered = "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8);
        refused(ID, "" + TIME, SIGNATURE, tampered);
        refused(ID + "x", "" + TIME, SIGNATURE, BODY);
        refused(ID, "" + (TIME + 1), SIGNATURE, BODY);
        refused(ID, "" + TIME, SIGNATURE.replace("v1,", "v2,"), BODY);
        refused(ID, "" + TIME, SIGNATURE.substring("v1,".length()), BODY);
        refused(ID, "" + TIME, "", BODY);
        refused(ID, "soon", SIGNATURE, BODY);
        refused(ID, "" + Long.MAX_VALUE, SIGNATURE, BODY);
        refused(null, "" + TIME, SIGNATURE, BODY);
        refused(ID, null, SIGNATURE, BODY);
        refused(ID, "" + TIME, null, BODY);
    }

    private void refused(String id, String timestamp, String signatures, byte[] body) {
        assertThatThrownBy(() -> secrets.verify(id, timestamp, signatures, body, NOW))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("INVALID_SIGNATURE"));
    }

    @Test
    void a_secret_that_is_none_is_refused_without_being_shown() {
        assertThatThrownBy(() -> secrets("whsec_no-base64!"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("a.setting")
                .hasMessageNotContaining("no-base64");
        assertThatThrownBy(() -> secrets("whsec_")).isInstanceOf(InvalidSetting.class);
        assertThat(secrets().isEmpty()).isTrue();
    }
}
