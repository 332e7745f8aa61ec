package dev.caravan.asset;

/**
 * The origin of an asset that was imported from a URL.
 *
 * @param url in full, with possible secrets: only for the import, never shown and never logged
 * @param shown the URL without its query
 * @param sha256 of the downloaded bytes, 64 hex digits; null until they are stored
 * @param duplicateOf id of the owner's older import with the same bytes; null without one
 * @param until when the URL expires, ISO 8601: a failure before is retried; null where it is unknown
 */
public record Imported(String url, String shown, String sha256, String duplicateOf, String until) {

    /** Creates the origin of an asset that is not downloaded yet. */
    public static Imported from(String url, String shown) {
        return new Imported(url, shown, null, null, null);
    }

    public Imported until(String time) {
        return new Imported(url, shown, sha256, duplicateOf, time);
    }

    /** Returns the origin with the hash of the downloaded bytes. */
    public Imported come(String hash, String duplicate) {
        return new Imported(url, shown, hash, duplicate, until);
    }
}
