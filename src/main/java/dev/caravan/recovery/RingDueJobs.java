package dev.caravan.recovery;

import dev.caravan.job.Doorbell;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.job.ReadyQueue;
import dev.caravan.job.ReadyQueueIndex;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Sends doorbell messages for due jobs: messages get lost, and SQS cannot delay them as long as some jobs wait. */
final class RingDueJobs implements MaintenanceTask {
    private final ReadyQueue queue;
    private final Pipelines pipelines;
    private final Doorbell doorbell;

    RingDueJobs(ReadyQueue queue, Pipelines pipelines, Doorbell doorbell) {
        this.queue = queue;
        this.pipelines = pipelines;
        this.doorbell = doorbell;
    }

    @Override
    public String name() {
        return "ring";
    }

    @Override
    public Duration interval() {
        return Duration.ZERO;
    }

    @Override
    public boolean atOnce() {
        return true;
    }

    @Override
    public TaskReport run(TaskRun errand) {
        TaskReport report = new TaskReport().routine();
        ReadyQueueIndex index = new ReadyQueueIndex(queue);
        Arrays.stream(Priority.values())
                .flatMap(priority -> index.due(priority, pipelines.names(), 1).lanes().stream()
                        .flatMap(List::stream))
                .findFirst()
                .ifPresent(job -> report.found(job.jobId()));
        if (report.found() > 0 && !errand.dryRun()) {
            doorbell.ring();
            report.done();
        }
        return report;
    }
}
