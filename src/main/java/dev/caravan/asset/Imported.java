package dev.caravan.asset;

/**
 * Where an asset came from, when it came by URL.
 *
 * @param url in full, with what may be secret in it: for the import alone, never shown and never logged
 * @param shown the URL without its query
 * @param sha256 of the bytes that came, 64 hex digits; null until they are here
 * @param duplicateOf id of the owner's older import with the same bytes; null without one
 * @param until when the URL is good no more, ISO 8601: what fails before is tried again; null where nobody knows
 */
public record Imported(String url, String shown, String sha256, String duplicateOf, String until) {

    /** What is yet to be fetched. */
    public static Imported from(String url, String shown) {
        return new Imported(url, shown, null, null, null);
    }

    public Imported until(String time) {
        return new Imported(url, shown, sha256, duplicateOf, time);
    }

    /** The same, now that its bytes are here. */
    public Imported come(String hash, String duplicate) {
        return new Imported(url, shown, hash, duplicate, until);
    }
}
