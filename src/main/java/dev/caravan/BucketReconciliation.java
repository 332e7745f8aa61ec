package dev.caravan;

import dev.caravan.ingest.UnannouncedUploads;
import dev.caravan.recovery.MaintenanceTask;
import dev.caravan.recovery.TaskReport;
import dev.caravan.recovery.TaskRun;
import java.time.Duration;
import java.util.function.Supplier;

/** Compares the bucket with the records, as a maintenance task: an S3 event can be lost, an object is not. */
final class BucketReconciliation implements MaintenanceTask {
    private final Supplier<UnannouncedUploads> uploads;
    private final Duration interval;
    private final int page;

    /** @param uploads available once the routes are */
    BucketReconciliation(Supplier<UnannouncedUploads> uploads, Duration interval, int page) {
        this.uploads = uploads;
        this.interval = interval;
        this.page = page;
    }

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public TaskReport run(TaskRun errand) {
        TaskReport report = new TaskReport();
        UnannouncedUploads.Looked looked = uploads.get().look(errand.cursor(), page, errand.dryRun());
        looked.started().forEach(key -> {
            report.found(key);
            if (!errand.dryRun() && !looked.failed().containsKey(key)) {
                report.done();
            }
        });
        looked.failed().forEach((key, why) -> report.error(key + ": " + why));
        return report.goOnAt(looked.next());
    }
}
