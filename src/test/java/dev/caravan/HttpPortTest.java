package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.settings.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpPortTest {

    private static Settings settings(String host, int port) {
        Map<String, String> values = Map.of("caravan.http.host", host, "caravan.http.port", String.valueOf(port));
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }

    @Test
    void the_link_works_where_the_address_stands_for_all() {
        assertThat(HttpPort.url(settings("0.0.0.0", 8000))).isEqualTo("http://127.0.0.1:8000");
        assertThat(HttpPort.url(settings("::", 8000))).isEqualTo("http://127.0.0.1:8000");
        assertThat(HttpPort.url(settings("::1", 8000))).isEqualTo("http://[::1]:8000");
        assertThat(HttpPort.url(settings("192.0.2.7", 8000))).isEqualTo("http://192.0.2.7:8000");
    }

    @Test
    void each_refusal_names_its_own_cause() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> HttpPort.choose(settings("127.0.0.1", taken.getLocalPort())))
                    .hasMessageContaining("caravan.http.port")
                    .hasMessageContaining("is in use");
        }
        assertThatThrownBy(() -> HttpPort.choose(settings("no-such-host.invalid", 0)))
                .hasMessageContaining("caravan.http.host")
                .hasMessageContaining("no such host");
        assertThatThrownBy(() -> HttpPort.choose(settings("192.0.2.7", 0)))
                .hasMessageContaining("caravan.http.host")
                .hasMessageContaining("this machine has no such address");
    }
}
