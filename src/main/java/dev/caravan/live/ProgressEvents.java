package dev.caravan.live;

import dev.caravan.job.JobStatus;
import dev.caravan.job.Pace;
import dev.caravan.json.Timestamps;
import dev.caravan.work.RunListener;
import dev.caravan.work.RunningJob;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Publishes the progress of this process's runs: each change of step, and else at most two reports per second and job. */
final class ProgressEvents implements RunListener {
    static final Duration MIN = Duration.ofMillis(500);

    private final Consumer<LiveEvent> events;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    private record Told(long fence, String step, long at) {}

    ProgressEvents(Consumer<LiveEvent> events, Clock clock, LongSupplier nanoTime) {
        this.events = events;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public void moved(RunningJob run) {
        Told last = told.get(run.jobId());
        long now = nanoTime.getAsLong();
        boolean began = run.step() == null;
        boolean another = last == null || last.fence() != run.fence() || !Objects.equals(last.step(), run.step());
        if (!another && now - last.at() < MIN.toNanos()) {
            return;
        }
        int percentage = run.percentage();
        told.put(run.jobId(), new Told(run.fence(), run.step(), now));
        events.accept(
                began
                        ? event(run, EventKind.STATUS, "claimed", percentage)
                        : event(run, EventKind.PROGRESS, "progress", percentage));
    }

    /** Forgets a job that has left this worker. */
    void left(LiveEvent event) {
        if (event.kind() == EventKind.STATUS && event.id() != null) {
            told.remove(event.jobId());
        }
    }

    private LiveEvent event(RunningJob run, EventKind kind, String name, int percentage) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("job_id", run.jobId());
        data.put("event", name);
        data.put("at", Timestamps.now(clock));
        data.put("status", JobStatus.PROCESSING.name());
        data.put("asset_id", run.assetId());
        data.put("pipeline", run.job().pipeline());
        data.put("owner", run.owner());
        data.put("progress_percentage", percentage);
        if (kind == EventKind.STATUS) {
            data.put("worker", run.job().worker());
        } else if (run.step() != null) {
            data.put("step", run.step());
            data.put("step_percentage", Math.round(run.fraction() * 1000) / 10.0);
        }
        Pace pace = run.pace();
        if (pace != null) {
            data.put("speed", pace.speed());
            data.put("remaining_seconds", pace.remainingSeconds());
        }
        return new LiveEvent(run.jobId(), kind, null, data);
    }
}
