package dev.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingNameTest {

    @Test
    void the_variable_that_was_set_is_named_with_the_property() {
        assertThat(SettingName.of("caravan.http.port", Map.of("PORT", "abc"))).isEqualTo("caravan.http.port (PORT)");
        assertThat(SettingName.of("caravan.ffmpeg.timeout", Map.of("COMPRESSION_TIMEOUT", "x")))
                .isEqualTo("caravan.ffmpeg.timeout (COMPRESSION_TIMEOUT)");
        assertThat(SettingName.of("caravan.worker.lease", Map.of("CARAVAN_WORKER_LEASE", "x")))
                .isEqualTo("caravan.worker.lease (CARAVAN_WORKER_LEASE)");
        assertThat(SettingName.of("caravan.http.port", Map.of())).isEqualTo("caravan.http.port");
    }

    @Test
    void no_sentence_shows_the_value_of_a_secret() {
        for (String key : new String[] {
            "caravan.redis.url",
            "caravan.redis.password",
            "caravan.replicate.token",
            "caravan.notify.secrets",
            "caravan.replicate.webhook-secrets",
            "caravan.aws.secret-key",
            "caravan.aws.access-key"
        }) {
            assertThat(new InvalidSetting(key, "S3cret", "why")).hasMessage("Setting " + key + ": why");
        }
    }
}
