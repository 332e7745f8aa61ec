package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvCommandTest {
    private static String exports(String s3, Map<String, String> cloud) {
        return EnvCommand.exports(
                new RunState(
                        "http://127.0.0.1:8000",
                        new RunState.Bucket(s3, "media", "", ""),
                        "data",
                        "",
                        1,
                        null,
                        List.of("api"),
                        cloud),
                "cn-north-1");
    }

    @Test
    void aws_itself_needs_no_address() {
        for (String s3 : List.of("https://s3.cn-north-1.amazonaws.com.cn", "https://s3.eu-west-3.amazonaws.com")) {
            assertThat(exports(s3, Map.of())).contains("AWS_DEFAULT_REGION").doesNotContain("AWS_ENDPOINT_URL");
        }
    }

    @Test
    void an_s3_of_ones_own_leaves_the_other_services_alone() {
        assertThat(exports("http://minio:9000", Map.of()))
                .contains("AWS_ENDPOINT_URL_S3='http://minio:9000'")
                .doesNotContain("AWS_ENDPOINT_URL=");
    }

    @Test
    void an_address_for_s3_is_no_address_for_other_services() {
        assertThat(exports(
                        "http://127.0.0.1:9000",
                        Map.of(
                                "caravan.dynamodb.endpoint", "http://127.0.0.1:9001",
                                "caravan.sqs.endpoint", "http://127.0.0.1:9002")))
                .contains("AWS_ENDPOINT_URL_S3='http://127.0.0.1:9000'")
                .doesNotContain("AWS_ENDPOINT_URL=", "9001", "9002");
    }

    @Test
    void a_host_that_only_looks_like_that_of_aws_has_its_address() {
        assertThat(exports("https://amazonaws.com.example.org", Map.of()))
                .contains("AWS_ENDPOINT_URL_S3='https://amazonaws.com.example.org'");
    }
}
