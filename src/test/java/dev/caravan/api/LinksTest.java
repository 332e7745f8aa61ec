package dev.caravan.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Derivative;
import dev.caravan.json.Json;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
    private static final Asset ASSET = Json.convert(Map.of("asset_id", "65f1"), Asset.class);

    @ParameterizedTest(name = "host {0}, API_URL {1}: {2}")
    @CsvSource({
        "127.0.0.1, , http://127.0.0.1:8000",
        "0.0.0.0, , http://127.0.0.1:8000",
        "::, , http://127.0.0.1:8000",
        "::1, , http://[::1]:8000",
        "media.internal, , http://media.internal:8000",
        "0.0.0.0, https://media.example.org, https://media.example.org",
        "0.0.0.0, https://example.org/caravan/, https://example.org/caravan",
    })
    void a_link_begins_with_the_address_that_clients_use(String host, String url, String base) {
        Links links = links(Map.of("caravan.http.host", host, "caravan.http.url", url == null ? "" : url));
        assertThat(links.to(ASSET)).isEqualTo(base + "/api/stream/65f1");
        assertThat(links.to(ASSET, new Derivative("standard-video", null, null, null, null, null, null, null, null)))
                .isEqualTo(base + "/api/stream/65f1?type=standard-video");
    }

    @Test
    void a_kind_of_link_that_does_not_exist_is_refused_at_the_start() {
        assertThatThrownBy(() -> links(Map.of("caravan.links", "eternal")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("api or presigned");
    }

    private static Links links(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(
                Map.of("caravan.links", "api", "caravan.http.host", "127.0.0.1", "caravan.http.port", "8000"));
        settings.putAll(changes);
        return Links.of(new Settings(key -> Optional.ofNullable(settings.get(key))), null);
    }
}
