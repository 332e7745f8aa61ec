package dev.caravan.recovery;

import dev.caravan.storage.BucketListing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** Ends multipart uploads that were not completed: their parts are not visible, and cost as much as complete objects. */
final class UnfinishedParts implements MaintenanceTask {
    private final BucketListing bucketListing;
    private final Clock clock;
    private final TidySettings settings;

    UnfinishedParts(BucketListing bucketListing, Clock clock, TidySettings settings) {
        this.bucketListing = bucketListing;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "multipart-uploads";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public TaskReport run(TaskRun taskRun) {
        TaskReport report = new TaskReport();
        Instant before = clock.instant().minus(settings.partsAge());
        List<String> prefixes = new ArrayList<>(settings.uploads());
        prefixes.add(MediaKey.PREFIX);
        for (String prefix : prefixes) {
            for (BucketListing.Unfinished upload : bucketListing.unfinished(prefix)) {
                if (upload.lastSign().isBefore(before)) {
                    end(upload, taskRun, report);
                }
            }
        }
        return report;
    }

    /** An upload that cannot be ended must not delay the others. */
    private void end(BucketListing.Unfinished upload, TaskRun taskRun, TaskReport report) {
        try {
            report.found(upload.key(), taskRun, () -> {
                bucketListing.abort(upload);
                return true;
            });
        } catch (SdkException e) {
            report.error(upload.key() + ": " + e.getMessage());
        }
    }
}
