package dev.caravan.ingest;

import java.util.List;
import java.util.stream.Stream;

/**
 * One object that an event says was created.
 *
 * @param key as S3 knows it, decoded
 * @param written as the event has it; some senders do not encode their keys
 * @param etag without quotes, or null
 * @param sequencer orders events of one key, or null
 */
public record S3Event(String bucket, String key, String written, String etag, String sequencer) {

    /** An event whose key is known for certain. */
    public S3Event(String bucket, String key, String etag, String sequencer) {
        this(bucket, key, key, etag, sequencer);
    }

    /** The keys that may be meant, the likely one first. */
    List<String> keys() {
        return Stream.of(key, written).distinct().toList();
    }

    /** The same event, when only one key can be meant. */
    S3Event of(String onlyKey) {
        return new S3Event(bucket, onlyKey, onlyKey, etag, sequencer);
    }
}
