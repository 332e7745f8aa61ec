package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3NotificationTest {

    @ParameterizedTest
    @CsvSource({
        "uploads/clip one.mov,  uploads/clip+one.mov",
        "a+b.mp4,               a%2Bb.mp4",
        "100%.mp4,              100%25.mp4",
        "über/ü.mp4,            %C3%BCber/%C3%BC.mp4",
        "plain-name_1.mp4,      plain-name_1.mp4",
        "a&b=c(1).mov,          a%26b%3Dc%281%29.mov",
    })
    void encodes_keys_as_aws_does(String key, String encoded) {
        assertThat(S3Notification.encoded(key)).isEqualTo(encoded);
    }

    @Test
    void says_what_was_stored_in_the_structure_of_aws() throws Exception {
        S3Notification event = new S3Notification(
                "ObjectCreated:Put",
                "eu-central-1",
                "media",
                "uploads/clip one.mov",
                42,
                "abc",
                "0001",
                Instant.parse("2026-01-02T03:04:05Z"));

        JsonNode record = new ObjectMapper().readTree(event.json()).at("/Records/0");
        assertThat(record.get("eventVersion").asText()).isEqualTo("2.1");
        assertThat(record.get("eventSource").asText()).isEqualTo("aws:s3");
        assertThat(record.get("awsRegion").asText()).isEqualTo("eu-central-1");
        assertThat(record.get("eventTime").asText()).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(record.get("eventName").asText()).isEqualTo("ObjectCreated:Put");
        assertThat(record.at("/s3/bucket/arn").asText()).isEqualTo("arn:aws:s3:::media");
        assertThat(record.at("/s3/object").toString())
                .isEqualTo("{\"key\":\"uploads/clip+one.mov\",\"size\":42,\"eTag\":\"abc\",\"sequencer\":\"0001\"}");
    }
}
