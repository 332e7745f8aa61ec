package dev.caravan.ingest;

import java.util.List;
import java.util.stream.Stream;

/**
 * The creation of one object, as an event reports it.
 *
 * @param key as S3 knows it, decoded
 * @param written the key as in the event; some senders do not encode their keys
 * @param etag without quotes, or null
 * @param sequencer orders events of one key, or null
 */
public record S3Event(String bucket, String key, String written, String etag, String sequencer) {

    /** Creates an event whose key is certain. */
    public S3Event(String bucket, String key, String etag, String sequencer) {
        this(bucket, key, key, etag, sequencer);
    }

    /** Returns the possible keys, the likely one first. */
    List<String> keys() {
        return Stream.of(key, written).distinct().toList();
    }

    /** Returns the event with the only possible key. */
    S3Event of(String onlyKey) {
        return new S3Event(bucket, onlyKey, onlyKey, etag, sequencer);
    }
}
