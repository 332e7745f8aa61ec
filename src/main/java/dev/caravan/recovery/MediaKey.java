package dev.caravan.recovery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells from the key of an object under {@code media/} to what it belongs: {@code media/{owner}/{asset_id}/{job_id}/...}, or
 * {@code media/{owner}/{asset_id}/...} for a file that was uploaded over HTTP.
 *
 * @param jobId null for an upload
 */
record MediaKey(String assetId, String jobId) {
    static final String PREFIX = "media/";

    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern KEY =
            Pattern.compile("media/[^/]+/(?<asset>[0-9a-f]{24})/(?:(?<job>" + UUID + ")/)?[^/]+");

    /** Empty for keys that are not Caravan's: such objects are never touched. */
    static Optional<MediaKey> of(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(new MediaKey(matcher.group("asset"), matcher.group("job")))
                : Optional.empty();
    }
}
