package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.settings.Settings;
import dev.caravan.storage.MediaFile;
import dev.caravan.storage.ObjectLinks;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where requests go. */
class CloudClientsTest {
    private static Settings settings(Map<String, String> changes) {
        Map<String, String> all = new HashMap<>(Map.of(
                "caravan.aws.region", "eu-west-3", "caravan.aws.access-key", "k", "caravan.aws.secret-key", "s"));
        all.putAll(changes);
        return new Settings(key -> Optional.ofNullable(all.get(key)));
    }

    private static String endpoint(Map<String, String> changes) {
        try (CloudClients clients = CloudClients.of(settings(changes))) {
            return clients.s3Endpoint();
        }
    }

    private static String link(Map<String, String> changes) {
        Settings settings = settings(changes);
        try (CloudClients clients = CloudClients.of(settings);
                ObjectLinks objectLinks = ObjectLinks.of(clients.s3(), CloudClients.pathStyle(settings))) {
            return objectLinks.link(
                    new MediaFile("media", "a.mp4", "e", 1, "video/mp4", "a.mp4"), Duration.ofMinutes(1));
        }
    }

    @Test
    void the_address_of_s3_is_that_of_its_region_and_partition() {
        assertThat(endpoint(Map.of())).isEqualTo("https://s3.eu-west-3.amazonaws.com");
        assertThat(endpoint(Map.of("caravan.aws.region", "cn-north-1")))
                .isEqualTo("https://s3.cn-north-1.amazonaws.com.cn");
    }

    @Test
    void an_endpoint_counts_with_the_bucket_in_the_path_or_in_the_host() {
        Map<String, String> own = Map.of("caravan.s3.endpoint", "http://minio.intern:9000");
        assertThat(endpoint(own)).isEqualTo("http://minio.intern:9000");
        assertThat(link(own)).startsWith("http://minio.intern:9000/media/a.mp4?");
        Map<String, String> byHost = new HashMap<>(own);
        byHost.put("caravan.s3.path-style", "false");
        assertThat(endpoint(byHost)).isEqualTo("http://minio.intern:9000");
        assertThat(link(byHost)).startsWith("http://media.minio.intern:9000/a.mp4?");
    }

    @Test
    void the_sdks_own_way_to_name_an_endpoint_is_seen() {
        System.setProperty("aws.endpointUrl", "http://localhost:5813");
        try {
            assertThat(endpoint(Map.of())).isEqualTo("http://localhost:5813");
            assertThat(link(Map.of())).startsWith("http://localhost:5813/media/a.mp4?");
        } finally {
            System.clearProperty("aws.endpointUrl");
        }
    }

    @Test
    void an_endpoint_of_aws_has_the_bucket_in_the_host() {
        assertThat(link(Map.of("caravan.s3.endpoint", "https://s3.eu-west-3.amazonaws.com")))
                .startsWith("https://media.s3.eu-west-3.amazonaws.com/a.mp4?");
        assertThat(link(Map.of())).startsWith("https://media.s3.eu-west-3.amazonaws.com/a.mp4?");
    }
}
