package dev.caravan.ingest;

/**
 * One object that an event says was created.
 *
 * @param key as S3 knows it, decoded
 * @param etag without quotes, or null
 * @param sequencer orders events of one key, or null
 */
public record S3Event(String bucket, String key, String etag, String sequencer) {}
