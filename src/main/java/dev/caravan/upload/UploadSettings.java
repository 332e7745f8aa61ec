package dev.caravan.upload;

import dev.caravan.asset.AssetType;
import dev.caravan.format.ExtensionTable;
import dev.caravan.job.Backlog;
import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Limits of uploads.
 *
 * @param maxSize bytes of one video
 * @param extensions with the dot, lower case
 * @param leastDisk bytes that must stay free
 * @param maxWaiting jobs that may wait for a worker before uploads are turned away
 * @param stall silence after which an upload is ended
 */
record UploadSettings(long maxSize, List<String> extensions, long leastDisk, long maxWaiting, Duration stall) {
    /** Bytes of a subtitle file. */
    static final long MAX_SUBTITLES = 2 << 20;

    static UploadSettings of(Settings settings) {
        return new UploadSettings(
                settings.bytes("caravan.upload.max-size"),
                ExtensionTable.allowed(settings.list("caravan.ingest.allowed-extensions")).stream()
                        .filter(extension -> AssetType.named(extension) == AssetType.VIDEO)
                        .toList(),
                settings.bytes("caravan.upload.least-disk"),
                Backlog.limit(settings),
                settings.duration("caravan.upload.stall"));
    }

    boolean takes(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot >= 0 && extensions.contains(filename.substring(dot).toLowerCase(Locale.ROOT));
    }
}
