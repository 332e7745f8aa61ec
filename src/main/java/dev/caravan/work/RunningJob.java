package dev.caravan.work;

import dev.caravan.asset.Warning;
import dev.caravan.job.Job;
import dev.caravan.job.Pace;
import dev.caravan.job.PipelineVersion;
import dev.caravan.job.Pipelines;
import dev.caravan.job.StepRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One run of a job on this worker, in memory. The journal writes it to the record; the heartbeat reads it from another
 * thread.
 */
public final class RunningJob implements StepContext {
    private final Job job;
    private final Path workspace;
    private final PipelineVersion pipeline;
    private final LongSupplier nanoTime;
    private final RunListener watcher;
    private final Object recordLock = new Object();
    private final Map<String, StepRecord> steps = new LinkedHashMap<>();
    private final AtomicLong beats;
    private final List<Runnable> killers = new CopyOnWriteArrayList<>();
    /** Null while the run was not ended from outside: a thread that sees the end also sees its reason. */
    private final AtomicReference<AbortReason> reason = new AtomicReference<>();

    private volatile String step;
    private volatile int attempt = 1;
    private volatile double fraction;
    private volatile boolean between;
    private volatile Pace pace;
    private int retries;
    private int highest;
    private String toldStep;
    private int toldPercentage;
    private long toldAt;
    private volatile long deadline = Long.MAX_VALUE;
    private List<Warning> warnings = new ArrayList<>();

    /** The reason why a run is ended from outside. */
    public enum AbortReason {
        FENCED,
        CANCELLED,
        STOPPING
    }

    RunningJob(Job job, Path workspace, Pipelines pipelines, LongSupplier nanoTime, RunListener watcher) {
        this.job = job;
        this.workspace = workspace;
        this.pipeline = pipelines.version(job.pipeline());
        this.nanoTime = nanoTime;
        this.watcher = watcher;
        this.beats = new AtomicLong(job.lease() == null ? 0 : job.lease().beat());
        this.retries = job.retryCount();
        this.highest = job.progressPercentage();
        this.toldPercentage = highest;
        this.toldAt = nanoTime.getAsLong();
        if (job.steps() != null) {
            steps.putAll(job.steps());
        }
    }

    /** The version of its pipeline for the whole run. */
    public PipelineVersion pipeline() {
        return pipeline;
    }

    /** The record as it was claimed. */
    public Job job() {
        return job;
    }

    /** Runs of steps after the first one, this one included. */
    int retries() {
        return retries;
    }

    /** @param more runs after the first one, negative for fewer */
    public void retries(int more) {
        retries += more;
    }

    /** The record of the step {@code id}, or a blank record. */
    public StepRecord record(String id) {
        return steps.getOrDefault(id, new StepRecord(null, 0, null, null, null, null, null, null));
    }

    public Map<String, StepRecord> steps() {
        return steps;
    }

    public void record(String id, StepRecord record) {
        steps.put(id, record);
    }

    /** Begins a step: from now on progress, warnings and the time limit are those of {@code id}. */
    public void enter(String id, int newAttempt) {
        step = id;
        attempt = newAttempt;
        fraction = 0;
        between = false;
        pace = null;
        warnings = new ArrayList<>();
        deadline = Long.MAX_VALUE;
        watcher.moved(this);
    }

    /** Ends the step: later reports belong to the one after it. */
    public void leave() {
        fraction = 1;
        between = true;
        pace = null;
        deadline = Long.MAX_VALUE;
    }

    public List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    /** 0 to 99 while the job runs; never falls. */
    public synchronized int percentage() {
        if (step != null) {
            int now = (int) Math.floor(99 * (pipeline.before(step) + pipeline.share(step) * fraction));
            highest = Math.max(highest, Math.min(99, now));
        }
        return highest;
    }

    /** The speed of the running step; null where it is not known. */
    public Pace pace() {
        return pace;
    }

    /** The part of the running step that is done, 0 to 1. */
    public double fraction() {
        return fraction;
    }

    /** The lock for writes that are true only as long as no other write comes in between. */
    Object recordLock() {
        return recordLock;
    }

    /** Whether one step has ended and the next has not begun: then only the checkpoint knows which it is. */
    boolean betweenSteps() {
        return between;
    }

    /** The time since a heartbeat last wrote this run to the record. */
    Duration sinceTold() {
        return Duration.ofNanos(nanoTime.getAsLong() - toldAt);
    }

    /** Whether there is progress that the record does not have. */
    boolean hasNews() {
        return percentage() != toldPercentage || !Objects.equals(step, toldStep);
    }

    void told() {
        toldPercentage = percentage();
        toldStep = step;
        toldAt = nanoTime.getAsLong();
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
        return pipeline.parameters(step, given);
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
        progress(part, null);
    }

    @Override
    public void progress(double part, Pace newPace) {
        fraction = Math.max(fraction, Math.min(1, part));
        pace = newPace;
        watcher.moved(this);
    }

    @Override
    public void timeLimit(Duration limit) {
        deadline = nanoTime.getAsLong() + limit.toNanos();
    }

    @Override
    public void timeLimitOver() {
        deadline = Long.MAX_VALUE;
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
