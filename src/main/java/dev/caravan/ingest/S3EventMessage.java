package dev.caravan.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the messages of the events queue: S3's own notifications (keys URL-encoded, any number of records), the same wrapped
 * by SNS, and EventBridge's format (keys not encoded).
 *
 * <p>Unreadable records do not block the others of the message.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">S3</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge</a>
 */
public final class S3EventMessage {
    private static final int MAX_WRAPPINGS = 3;

    private final Consumer<String> unreadable;

    public S3EventMessage() {
        this(why -> {});
    }

    /** @param unreadable receives each unreadable record; the others are still read */
    public S3EventMessage(Consumer<String> unreadable) {
        this.unreadable = unreadable;
    }

    /** Says that a message is not an S3 event. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    /** Returns every creation in the message, in its order; empty for test events, removals and other events. */
    public List<S3Event> creations(String message) {
        return creations(parse(message), 0);
    }

    private List<S3Event> creations(JsonNode message, int depth) {
        if (message.path("Records").isArray()) {
            List<S3Event> events = new ArrayList<>();
            for (JsonNode inner : message.get("Records")) {
                try {
                    events.addAll(record(inner, depth));
                } catch (Unreadable e) {
                    unreadable.accept(e.getMessage());
                }
            }
            return events;
        }
        if (message.path("Message").isTextual() && depth < MAX_WRAPPINGS) {
            return creations(parse(message.get("Message").asText()), depth + 1);
        }
        if ("aws.s3".equals(message.path("source").asText())) {
            return eventBridge(message);
        }
        if ("s3:TestEvent".equals(message.path("Event").asText())) {
            return List.of();
        }
        throw new Unreadable("Neither an S3 event nor one wrapped by SNS or EventBridge");
    }

    private List<S3Event> record(JsonNode inner, int depth) {
        if (inner.path("Sns").path("Message").isTextual() && depth < MAX_WRAPPINGS) {
            return creations(parse(inner.get("Sns").get("Message").asText()), depth + 1);
        }
        JsonNode s3 = inner.path("s3");
        String bucket = s3.path("bucket").path("name").asText();
        String key = s3.path("object").path("key").asText();
        boolean created =
                inner.path("eventName").asText().replaceFirst("^s3:", "").startsWith("ObjectCreated:");
        if (!created || bucket.isEmpty() || key.isEmpty()) {
            return List.of();
        }
        return List.of(new S3Event(
                bucket,
                decoded(key),
                key,
                text(s3.path("object").path("eTag")),
                text(s3.path("object").path("sequencer"))));
    }

    /** Returns the key unchanged where it is not encoded: some senders do not encode keys. */
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }

    private static List<S3Event> eventBridge(JsonNode message) {
        JsonNode detail = message.path("detail");
        String bucket = detail.path("bucket").path("name").asText();
        String key = detail.path("object").path("key").asText();
        boolean created = "Object Created".equals(message.path("detail-type").asText());
        return created && !bucket.isEmpty() && !key.isEmpty()
                ? List.of(new S3Event(
                        bucket,
                        key,
                        text(detail.path("object").path("etag")),
                        text(detail.path("object").path("sequencer"))))
                : List.of();
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            if (node == null || !node.isObject()) {
                throw new Unreadable("Not a JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new Unreadable("Not JSON: " + e.getOriginalMessage());
        }
    }
}
