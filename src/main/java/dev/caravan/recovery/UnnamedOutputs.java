package dev.caravan.recovery;

import dev.caravan.job.Jobs;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.storage.BucketListing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes objects that no record names: outputs of failed attempts, uploads whose process died between storing and accepting
 * them, and files that were stored for an asset after its deletion. Names contain a fence that only grows, so a name that a
 * finished job does not contain will never be used.
 */
final class UnnamedOutputs implements MaintenanceTask {
    private static final Logger LOG = LoggerFactory.getLogger(UnnamedOutputs.class);

    private final BucketListing bucketListing;
    private final Jobs jobs;
    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final TidySettings settings;

    UnnamedOutputs(
            BucketListing bucketListing,
            Jobs jobs,
            Records records,
            Tables tables,
            Clock clock,
            TidySettings settings) {
        this.bucketListing = bucketListing;
        this.jobs = jobs;
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "outputs";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public TaskReport run(TaskRun taskRun) {
        TaskReport report = new TaskReport();
        ObjectReferences objectReferences = new ObjectReferences(jobs, records, tables);
        BucketListing.Page page = bucketListing.page(MediaKey.PREFIX, taskRun.cursor(), settings.page());
        for (BucketListing.Listed object : page.objects()) {
            Optional<MediaKey> key = MediaKey.of(object.key());
            if (key.isPresent() && unnamed(object, key.get(), objectReferences.of(key.get()))) {
                collect(object, key.get(), objectReferences, taskRun, report);
            }
        }
        return report.goOnAt(page.next());
    }

    /** Reads the references again right before the removal, because a job may have been retried meanwhile. */
    private void collect(
            BucketListing.Listed object,
            MediaKey key,
            ObjectReferences objectReferences,
            TaskRun taskRun,
            TaskReport report) {
        report.found(object.key(), taskRun, () -> {
            if (!unnamed(object, key, objectReferences.again(key))) {
                return false;
            }
            bucketListing.remove(object.key());
            LOG.info("removed s3://{}/{}: no record names it", bucketListing.bucket(), object.key());
            return true;
        });
    }

    private boolean unnamed(BucketListing.Listed object, MediaKey key, ObjectReferences.Names names) {
        if (names.busy() || names.name(bucketListing.bucket(), object.key())) {
            return false;
        }
        Instant before = clock.instant().minus(settings.grace());
        return names.deleted()
                || key.jobId() != null && names.ended().contains(key.jobId())
                || object.lastModified().isBefore(before);
    }
}
