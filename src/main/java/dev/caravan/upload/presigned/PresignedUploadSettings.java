package dev.caravan.upload.presigned;

import dev.caravan.job.Backlog;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.time.Duration;

/**
 * Limits of announced uploads, and how they are sent.
 *
 * @param maxSize bytes of one file
 * @param expires how long its bytes may take to come
 * @param partsAbove bytes above which a file comes in parts
 * @param partSize bytes of a part; larger files have larger ones
 * @param stall silence after which a body is ended
 * @param leastDisk bytes that must stay free besides an upload
 * @param maxWaiting jobs that may wait for a worker before no further file is announced
 */
public record PresignedUploadSettings(
        long maxSize,
        Duration expires,
        long partsAbove,
        long partSize,
        Duration stall,
        long leastDisk,
        long maxWaiting) {
    /** S3 accepts smaller parts only as the last, and no larger ones (Amazon S3 User Guide, multipart upload limits). */
    public static final long MIN_PART = 5L << 20;

    public static final long MAX_PUT = 5L << 30;
    /** S3 accepts 10 000; but an answer that names all parts should stay readable. */
    private static final int MAX_PARTS = 1000;

    private static final Duration MAX = Duration.ofDays(7);

    public static PresignedUploadSettings of(Settings settings) {
        PresignedUploadSettings all = new PresignedUploadSettings(
                settings.bytes("caravan.upload.max-size"),
                settings.duration("caravan.upload.expires-after"),
                settings.bytes("caravan.upload.parts-above"),
                settings.bytes("caravan.upload.part-size"),
                settings.duration("caravan.upload.stall"),
                settings.bytes("caravan.upload.least-disk"),
                Backlog.limit(settings));
        require(
                all.expires.compareTo(MAX) <= 0 && !all.expires.isZero(),
                "caravan.upload.expires-after",
                settings,
                "it must be more than nothing and at most 7d, which is as long as S3 takes a presigned URL");
        require(
                all.partSize >= MIN_PART && all.partSize <= MAX_PUT,
                "caravan.upload.part-size",
                settings,
                "it must be from 5 MiB to 5 GiB, which are S3's own limits");
        require(
                all.partsAbove <= MAX_PUT,
                "caravan.upload.parts-above",
                settings,
                "it must be 5 GiB or less: S3 takes no more at once");
        return all;
    }

    private static void require(boolean holds, String key, Settings settings, String why) {
        if (!holds) {
            throw new InvalidSetting(key, settings.text(key), why);
        }
    }

    /** Returns the bytes of each part but the last, for a file of {@code size} bytes. */
    public long partSize(long size) {
        return Math.max(partSize, (size + MAX_PARTS - 1) / MAX_PARTS);
    }
}
