package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void prepare() {
        context.getPropertiesComponent().addInitialProperty("camel.component.kamelet.location", "classpath:kamelets");
        context.getPropertiesComponent().addInitialProperty("caravan.ffmpeg.codec", "libx264");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void the_order_of_parameters_means_nothing() {
        assertThat(Fingerprint.canonical("kamelet:a?x=1&b=2")).isEqualTo(Fingerprint.canonical("kamelet:a?b=2&x=1"));
        assertThat(Fingerprint.canonical("kamelet:a")).isEqualTo("kamelet:a");
        assertThat(Fingerprint.canonical("kamelet:a?x=1")).isNotEqualTo(Fingerprint.canonical("kamelet:a?x=2"));
    }

    @Test
    void a_setting_that_the_kamelet_reads_counts() {
        assertThat(text("medium")).isNotEqualTo(text("fast")).isEqualTo(text("medium"));
    }

    private String text(String preset) {
        context.getPropertiesComponent().addLocation("classpath:application.properties");
        Properties override = new Properties();
        override.setProperty("caravan.ffmpeg.preset", preset);
        context.getPropertiesComponent().setOverrideProperties(override);
        return KameletText.of(context, "standardize-video-action").resolved();
    }
}
