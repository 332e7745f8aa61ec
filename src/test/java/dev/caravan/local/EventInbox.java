package dev.caravan.local;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What arrives on the queue of S3 events, until a test has seen enough. */
final class EventInbox {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SqsClient sqs;
    private final String url;
    private final List<JsonNode> records = new ArrayList<>();

    EventInbox(Clients clients) {
        this.sqs = clients.sqs();
        this.url =
                sqs.getQueueUrl(queue -> queue.queueName("caravan-s3-events")).queueUrl();
    }

    /** The events of one key: waits for the first one, then half a second for one too many. */
    List<JsonNode> of(String encodedKey) {
        await().atMost(Duration.ofSeconds(10)).until(() -> !received(encodedKey).isEmpty());
        await().pollDelay(Duration.ofMillis(500))
                .until(() -> !received(encodedKey).isEmpty());
        return received(encodedKey);
    }

    private List<JsonNode> received(String encodedKey) {
        for (Message message : sqs.receiveMessage(
                        request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages()) {
            read(message).path("Records").forEach(records::add);
            sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
        }
        return records.stream()
                .filter(record -> record.at("/s3/object/key").asText().equals(encodedKey))
                .toList();
    }

    private static JsonNode read(Message message) {
        try {
            return JSON.readTree(message.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
