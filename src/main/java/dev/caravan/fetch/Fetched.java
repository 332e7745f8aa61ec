package dev.caravan.fetch;

/**
 * A fetched file.
 *
 * @param size bytes
 * @param sha256 of its bytes, 64 hex digits
 */
public record Fetched(long size, String sha256) {}
