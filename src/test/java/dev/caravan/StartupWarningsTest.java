package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ffmpeg.FfmpegHealth;
import dev.caravan.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupWarningsTest {
    private static final FfmpegHealth JAILED = new FfmpegHealth("5.1", "bubblewrap", null);

    private static List<String> cautions(FfmpegHealth ffmpeg, Map<String, String> changes) {
        Map<String, String> values = new HashMap<>(
                Map.of("caravan.http.host", "127.0.0.1", "caravan.roles", "api,worker", "caravan.ffmpeg.jail", "true"));
        values.putAll(changes);
        return StartupWarnings.of(new Settings(key -> Optional.ofNullable(values.get(key))), ffmpeg);
    }

    @Test
    void a_start_on_this_machine_alone_with_a_jail_says_nothing() {
        assertThat(cautions(JAILED, Map.of())).isEmpty();
        assertThat(cautions(JAILED, Map.of("caravan.http.host", "localhost"))).isEmpty();
        assertThat(cautions(JAILED, Map.of("caravan.http.host", "::1"))).isEmpty();
    }

    @Test
    void an_address_that_others_reach_is_one_warning() {
        for (String host : List.of("0.0.0.0", "::", "192.0.2.7")) {
            assertThat(cautions(JAILED, Map.of("caravan.http.host", host)))
                    .singleElement()
                    .asString()
                    .contains("The API listens on " + host, "no users and no passwords", "HOST=127.0.0.1")
                    .doesNotContain("\n");
        }
        assertThat(cautions(JAILED, Map.of("caravan.http.host", "0.0.0.0", "caravan.roles", "worker")))
                .isEmpty();
    }

    @Test
    void no_jail_is_one_warning() {
        assertThat(cautions(new FfmpegHealth("5.1", "none", null), Map.of("caravan.ffmpeg.jail", "false")))
                .singleElement()
                .asString()
                .contains("without a jail (caravan.ffmpeg.jail=false)", "SECURITY.md");
    }
}
