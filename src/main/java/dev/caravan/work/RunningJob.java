package dev.caravan.work;

import dev.caravan.asset.Warning;
import dev.caravan.job.Job;
import dev.caravan.job.Pipelines;
import dev.caravan.job.ProgressScale;
import dev.caravan.job.StepRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One run of a job on this worker: what is known of it in memory. The journal tells the record; the heartbeat reads it from
 * another thread.
 */
public final class RunningJob implements StepContext {
    private final Job job;
    private final Path workspace;
    private final Pipelines pipelines;
    private final ProgressScale scale;
    private final LongSupplier nanoTime;
    private final Map<String, StepRecord> steps = new LinkedHashMap<>();
    private final AtomicLong beats;
    private final List<Runnable> killers = new CopyOnWriteArrayList<>();
    /** Null while nobody ended the run: whoever sees that it was ended sees why. */
    private final AtomicReference<AbortReason> reason = new AtomicReference<>();

    private volatile String step;
    private volatile int attempt = 1;
    private volatile double fraction;
    private volatile int highest;
    private volatile long deadline = Long.MAX_VALUE;
    private List<Warning> warnings = new ArrayList<>();

    /** Why a run is ended from outside. */
    public enum AbortReason {
        FENCED,
        CANCELLED,
        STOPPING
    }

    RunningJob(Job job, Path workspace, Pipelines pipelines, LongSupplier nanoTime) {
        this.job = job;
        this.workspace = workspace;
        this.pipelines = pipelines;
        this.scale = pipelines.scale(job.pipeline());
        this.nanoTime = nanoTime;
        this.beats = new AtomicLong(job.lease() == null ? 0 : job.lease().beat());
        this.highest = job.progressPercentage();
        if (job.steps() != null) {
            steps.putAll(job.steps());
        }
    }

    /** The record as it was claimed. */
    public Job job() {
        return job;
    }

    /** What is recorded of {@code id}, or a blank record. */
    public StepRecord record(String id) {
        return steps.getOrDefault(id, new StepRecord(null, 0, null, null, null, null, null, null));
    }

    public Map<String, StepRecord> steps() {
        return steps;
    }

    public void record(String id, StepRecord record) {
        steps.put(id, record);
    }

    /** From here on progress, warnings and the time limit are those of {@code id}. */
    public void enter(String id, int newAttempt) {
        step = id;
        attempt = newAttempt;
        fraction = 0;
        warnings = new ArrayList<>();
        deadline = Long.MAX_VALUE;
    }

    /** The step is over: what is reported next belongs to the one after it. */
    public void leave() {
        fraction = 1;
        deadline = Long.MAX_VALUE;
    }

    public List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    /** 0 to 99 while the job runs; never falls. */
    int percentage() {
        if (step != null) {
            int now = (int) Math.floor(99 * (scale.before(step) + scale.share(step) * fraction));
            highest = Math.max(highest, Math.min(99, now));
        }
        return highest;
    }

    long nextBeat() {
        return beats.incrementAndGet();
    }

    boolean pastTimeLimit() {
        return deadline != Long.MAX_VALUE && nanoTime.getAsLong() - deadline > 0;
    }

    /** Ends the run from outside, once. */
    public void abort(AbortReason why) {
        if (reason.compareAndSet(null, why)) {
            killers.forEach(Runnable::run);
        }
    }

    public AbortReason abortReason() {
        return reason.get();
    }

    @Override
    public String jobId() {
        return job.jobId();
    }

    @Override
    public String assetId() {
        return job.assetId();
    }

    @Override
    public String owner() {
        return job.owner();
    }

    @Override
    public String step() {
        return step;
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> given = job.parameters() == null ? Map.of() : job.parameters();
        return pipelines.parameters(job.pipeline(), step, given);
    }

    @Override
    public long fence() {
        return job.fence();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public void progress(double part) {
        fraction = Math.max(fraction, Math.min(1, part));
    }

    @Override
    public void timeLimit(Duration limit) {
        deadline = nanoTime.getAsLong() + limit.toNanos();
    }

    @Override
    public Registration onAbort(Runnable kill) {
        AtomicBoolean once = new AtomicBoolean();
        Runnable killer = () -> {
            if (once.compareAndSet(false, true)) {
                kill.run();
            }
        };
        killers.add(killer);
        if (aborted()) {
            killer.run();
        }
        return () -> killers.remove(killer);
    }

    @Override
    public boolean aborted() {
        return reason.get() != null;
    }

    @Override
    public void warn(String code, String message) {
        warnings.add(new Warning(code, message));
    }
}
