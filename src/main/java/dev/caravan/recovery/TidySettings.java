package dev.caravan.recovery;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import dev.caravan.storage.BucketListing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the tasks that remove old data.
 *
 * @param interval from the end of one walk through everything to the beginning of the next
 * @param page things that one round reads
 * @param grace minimum age of an object that belongs to no job and no asset
 * @param partsAge after which an incomplete multipart upload is ended
 * @param uploadAge after which an asset that still waits for its bytes has failed
 * @param completedAge after which the records of completed jobs are removed; empty for never
 * @param failedAge after which failed assets are deleted; empty for never
 * @param uploads the prefixes under which clients upload
 */
record TidySettings(
        Duration interval,
        int page,
        Duration grace,
        Duration partsAge,
        Duration uploadAge,
        Optional<Duration> completedAge,
        Optional<Duration> failedAge,
        List<String> uploads) {

    static TidySettings of(Settings settings) {
        return new TidySettings(
                settings.duration("caravan.recovery.tidy-interval"),
                page(settings),
                settings.duration("caravan.recovery.grace"),
                longer(
                        settings.duration("caravan.recovery.multipart-age"),
                        settings.duration("caravan.upload.expires-after")),
                settings.duration("caravan.recovery.upload-age"),
                age(settings, "caravan.recovery.completed-jobs-age"),
                age(settings, "caravan.recovery.failed-assets-age"),
                settings.list("caravan.ingest.prefixes"));
    }

    /** Parts of announced uploads must not be removed before these expire. */
    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static int page(Settings settings) {
        int page = settings.number("caravan.recovery.page");
        if (page < 1 || page > BucketListing.MAX_PAGE) {
            throw new InvalidSetting(
                    "caravan.recovery.page",
                    String.valueOf(page),
                    "it must be between 1 and %d, which is what S3 lists at once".formatted(BucketListing.MAX_PAGE));
        }
        return page;
    }

    private static Optional<Duration> age(Settings settings, String key) {
        return settings.find(key).map(set -> settings.duration(key)).filter(age -> !age.isZero());
    }
}
