package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortTest {

    @Test
    void zero_picks_a_free_one() {
        assertThat(Port.reserve("S3", 0, LocalSettings.S3_PORT).number()).isPositive();
    }

    @Test
    void a_port_in_use_is_named_with_its_setting_and_a_way_out() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(Port.HOST))) {
            assertThatThrownBy(() -> Port.reserve("S3", other.getLocalPort(), LocalSettings.S3_PORT))
                    .isInstanceOf(LocalPortInUse.class)
                    .hasMessageContainingAll(
                            "Port " + other.getLocalPort(),
                            "local S3",
                            "caravan.local.s3.port",
                            "CARAVAN_LOCAL_S3_PORT",
                            "0 picks a free one");
        }
    }
}
