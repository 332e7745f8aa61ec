package dev.caravan.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes workspaces of jobs that this worker does not run. A worker empties its whole folder at its start; this removes the
 * workspaces that could not be removed when a job ended.
 */
public final class IdleWorkspaces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdleWorkspaces.class);
    /** {@code job-fence}; uploads and other files in the folder have other names. */
    private static final Pattern WORKSPACE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]+");

    private final Worker worker;
    private final Path folder;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "idle-workspaces");
        thread.setDaemon(true);
        return thread;
    });

    public IdleWorkspaces(Worker worker, Path folder) {
        this.worker = worker;
        this.folder = folder;
    }

    public void start(Duration interval) {
        timer.scheduleWithFixedDelay(this::sweepOrSay, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweepOrSay() {
        try {
            sweep();
        } catch (IOException | RuntimeException e) {
            LOG.warn("could not look for idle workspaces in {}: {}", folder, e.getMessage());
        }
    }

    /** A job is registered as running before its folder is made; so the folder of a job that does not run is idle. */
    int sweep() throws IOException {
        List<Path> found = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            entries.forEach(found::add);
        }
        Set<Path> busy = worker.running().stream().map(RunningJob::workspace).collect(Collectors.toSet());
        found.removeIf(path -> busy.contains(path)
                || !WORKSPACE.matcher(path.getFileName().toString()).matches());
        found.forEach(path -> {
            LOG.info("removing workspace {}, in which no job runs", path);
            Workspaces.delete(path);
        });
        return found.size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
