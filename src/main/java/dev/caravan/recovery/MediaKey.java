package dev.caravan.recovery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose an object under {@code media/} is, by its key: {@code media/{owner}/{asset_id}/{job_id}/...}, or
 * {@code media/{owner}/{asset_id}/...} for what was uploaded over HTTP.
 *
 * @param jobId null for an upload
 */
record MediaKey(String assetId, String jobId) {
    static final String PREFIX = "media/";

    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern KEY =
            Pattern.compile("media/[^/]+/(?<asset>[0-9a-f]{24})/(?:(?<job>" + UUID + ")/)?[^/]+");

    /** Empty for what is not ours: nobody touches it. */
    static Optional<MediaKey> of(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(new MediaKey(matcher.group("asset"), matcher.group("job")))
                : Optional.empty();
    }
}
