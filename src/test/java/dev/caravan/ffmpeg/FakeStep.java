package dev.caravan.ffmpeg;

import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A running step for tests: remembers what it was told, and can be aborted. */
public final class FakeStep implements StepContext {
    public final List<Double> progress = Collections.synchronizedList(new ArrayList<>());
    public final Map<String, String> warnings = new ConcurrentHashMap<>();
    public int attempt = 1;
    public long fence = 7;
    public String step = "convert";
    public Map<String, Object> parameters = Map.of();
    private final List<Runnable> kills = new CopyOnWriteArrayList<>();
    private final Path workspace;
    private volatile boolean aborted;
    private volatile Duration limit;
    private volatile boolean limitOver;

    public FakeStep(Path workspace) {
        this.workspace = workspace;
    }

    public void abort() {
        aborted = true;
        kills.forEach(Runnable::run);
    }

    /** Whether what was bounded has ended since. */
    public boolean limitOver() {
        return limitOver;
    }

    public Duration limit() {
        return limit;
    }

    @Override
    public String jobId() {
        return "job1";
    }

    @Override
    public String assetId() {
        return "asset1";
    }

    @Override
    public String owner() {
        return "default";
    }

    @Override
    public String step() {
        return step;
    }

    @Override
    public long fence() {
        return fence;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Map<String, Object> parameters() {
        return parameters;
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public void progress(double fraction) {
        progress.add(fraction);
    }

    @Override
    public void timeLimit(Duration newLimit) {
        limit = newLimit;
    }

    @Override
    public void timeLimitOver() {
        limitOver = true;
    }

    @Override
    public Registration onAbort(Runnable kill) {
        kills.add(kill);
        if (aborted) {
            kill.run();
        }
        return () -> kills.remove(kill);
    }

    @Override
    public boolean aborted() {
        return aborted;
    }

    @Override
    public void warn(String code, String message) {
        warnings.put(code, message);
    }
}
