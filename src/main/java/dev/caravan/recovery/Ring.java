package dev.caravan.recovery;

import dev.caravan.job.Doorbell;
import dev.caravan.job.Line;
import dev.caravan.job.LineIndex;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Rings where jobs are due: rings get lost, and longer waits than SQS can delay end unheard. */
final class Ring implements Duty {
    private final Line queue;
    private final Pipelines pipelines;
    private final Doorbell doorbell;

    Ring(Line queue, Pipelines pipelines, Doorbell doorbell) {
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
    public Report run(Errand errand) {
        Report report = new Report().routine();
        LineIndex index = new LineIndex(queue);
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
