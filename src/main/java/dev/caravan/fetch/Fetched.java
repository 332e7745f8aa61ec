package dev.caravan.fetch;

/**
 * A file that was fetched.
 *
 * @param size bytes
 * @param sha256 of its bytes, 64 hex digits
 */
public record Fetched(long size, String sha256) {}
