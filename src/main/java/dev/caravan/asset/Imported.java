package dev.caravan.asset;

/**
 * Where an asset came from, when it came by URL.
 *
 * @param url in full, with what may be secret in it: for the import alone, never shown and never logged
 * @param shown the URL without its query
 * @param sha256 of the bytes that came, 64 hex digits; null until they are here
 * @param duplicateOf id of the owner's older import with the same bytes; null without one
 */
public record Imported(String url, String shown, String sha256, String duplicateOf) {}
