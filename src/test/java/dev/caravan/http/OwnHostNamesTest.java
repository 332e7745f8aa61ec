package dev.caravan.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnHostNamesTest {
    private static final int HTTP = 80;

    private static OwnHostNames names(String bound, String url) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "caravan.http.host", bound,
                "caravan.http.port", "8000",
                "caravan.http.url", url,
                "caravan.http.allowed-hosts", "media.internal, exact.internal:81",
                "caravan.http.allowed-origins", "https://app.example.org"));
        return OwnHostNames.of(new Settings(key -> Optional.ofNullable(settings.get(key))));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 8000, true",
        "localhost, 8000, true",
        "LocalHost, 8000, true",
        "[::1], 8000, true",
        "127.0.0.1, 9000, false",
        "localhost, 80, false",
        "evil.example, 8000, false",
        "127.0.0.1.evil.example, 8000, false",
        "localhost., 8000, false",
        "192.168.1.7, 8000, false",
        "media.internal, 80, true",
        "media.internal, 443, true",
        "exact.internal, 81, true",
        "exact.internal, 80, false",
        "api.example.org, 443, true",
        "www.api.example.org, 443, false",
    })
    void bound_to_loopback(String host, int port, boolean ours) {
        assertThat(names("127.0.0.1", "https://api.example.org").includesHost(host, port, "127.0.0.1"))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.7, 8000, 192.168.1.7, true",
        "192.168.1.8, 8000, 192.168.1.7, false",
        "192.168.1.7, 80, 192.168.1.7, false",
        "[fe80::1], 8000, fe80::1, true",
        "localhost, 8000, 127.0.0.1, true",
        "my-laptop, 8000, 192.168.1.7, false",
        "evil.example, 8000, 192.168.1.7, false",
    })
    void opened_to_every_address(String host, int port, String arrivedAt, boolean ours) {
        assertThat(names("0.0.0.0", "").includesHost(host, port, arrivedAt)).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8000, true",
        "http://localhost:8000, true",
        "HTTP://LOCALHOST:8000, true",
        "https://api.example.org, true",
        "https://app.example.org, true",
        "http://app.example.org, false",
        "https://app.example.org.evil.example, false",
        "http://localhost:3000, false",
        "http://localhost, false",
        "https://evil.example, false",
        "chrome-extension://127.0.0.1:8000, false",
        "null, false",
        "'', false",
    })
    void origins(String origin, boolean ours) {
        assertThat(names("127.0.0.1", "https://api.example.org").includesOrigin(origin, "127.0.0.1:8000"))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"http://media.internal, true", "https://media.internal, true", "http://evil.example, false"})
    void a_page_of_the_host_that_is_asked_is_ours(String origin, boolean ours) {
        OwnHostNames names = names("0.0.0.0", "");
        assertThat(names.includesHost("media.internal", HTTP, "10.0.0.1")).isTrue();
        assertThat(names.includesOrigin(origin, "media.internal")).isEqualTo(ours);
    }
}
