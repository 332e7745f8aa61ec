package dev.caravan.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Says that an object was created, in the format of S3's event notifications (message structure 2.1).
 *
 * @param name of the event without the service: {@code ObjectCreated:Put}
 * @param key as the client wrote it, not encoded
 * @param eTag without quotes; null for a folder's marker
 * @param sequencer hex; of two events of one key, the later has the greater value
 */
record S3Notification(
        String name, String region, String bucket, String key, long size, String eTag, String sequencer, Instant time) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    String json() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode record = root.putArray("Records").addObject();
        record.put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("awsRegion", region)
                .put("eventTime", MILLIS.format(time))
                .put("eventName", name);
        record.putObject("userIdentity").put("principalId", "caravan-local");
        record.putObject("requestParameters").put("sourceIPAddress", Port.HOST);
        record.putObject("responseElements").put("x-amz-request-id", sequencer);
        ObjectNode s3 = record.putObject("s3").put("s3SchemaVersion", "1.0").put("configurationId", "caravan");
        s3.putObject("bucket")
                .put("name", bucket)
                .put("arn", "arn:aws:s3:::" + bucket)
                .putObject("ownerIdentity")
                .put("principalId", "caravan-local");
        s3.putObject("object")
                .put("key", encoded(key))
                .put("size", size)
                .put("eTag", eTag)
                .put("sequencer", sequencer);
        return root.toString();
    }

    /** Encodes the key as AWS does: as a form, where a space becomes a plus, but slashes stay. */
    static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}
