package dev.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void values_are_read_as_what_they_are() {
        Settings settings =
                settings(Map.of("n", "8", "d", "1m30s", "s", "600.0", "f", "true", "l", "[\"a\", \"b\"]", "c", "a, b"));
        assertThat(settings.number("n")).isEqualTo(8);
        assertThat(settings.duration("d")).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.duration("s")).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.flag("f")).isTrue();
        assertThat(settings.list("l")).isEqualTo(settings.list("c")).containsExactly("a", "b");
        assertThat(settings.find("nothing")).isEmpty();
    }

    @Test
    void a_url_that_cannot_be_read_is_refused_without_its_text() {
        Settings settings = settings(Map.of("caravan.s3.endpoint", "http://me:S3cret%zz@127.0.0.1:9000"));
        assertThatThrownBy(() -> settings.url("caravan.s3.endpoint"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("Setting caravan.s3.endpoint: it is no URL")
                .hasMessageNotContaining("S3cret");
        assertThat(settings(Map.of("u", "http://127.0.0.1:9000//")).url("u"))
                .hasToString("Optional[http://127.0.0.1:9000]");
        assertThat(settings.url("caravan.gone")).isEmpty();
    }

    @Test
    void a_bad_value_is_named_with_what_it_must_be() {
        Settings settings = settings(Map.of("caravan.worker.concurrency", "many", "caravan.flag", "yes"));
        assertThatThrownBy(() -> settings.number("caravan.worker.concurrency"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("Setting caravan.worker.concurrency = many: it must be a whole number such as 8");
        assertThatThrownBy(() -> settings.flag("caravan.flag")).hasMessageEndingWith("it must be true or false");
        assertThatThrownBy(() -> settings.text("caravan.gone")).hasMessage("Setting caravan.gone: it is not set");
    }

    private static Settings settings(Map<String, String> values) {
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }
}
