package dev.caravan.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts every child from one thread that never ends: {@code PR_SET_PDEATHSIG}, by which children die with the worker,
 * follows the thread that forked them, not the process (prctl(2)).
 */
final class ChildStarter {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "child-starter");
        thread.setDaemon(true);
        return thread;
    });

    /** @throws IOException when the program does not exist or may not be run */
    Process start(List<String> command, Path folder) throws IOException {
        return start(command, folder, Map.of());
    }

    /** @param settings the child's environment variables, by name */
    Process start(List<String> command, Path folder, Map<String, String> settings) throws IOException {
        Future<Process> started =
                THREAD.submit(() -> builder(command, folder, settings).start());
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return started.get();
                } catch (InterruptedException e) {
                    interrupted = true; // The child may run already: the caller needs it to end it.
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives the child a new environment: that of the worker holds credentials. */
    private static ProcessBuilder builder(List<String> command, Path folder, Map<String, String> settings) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.clear();
        environment.putAll(Map.of("PATH", path, "LANG", "C.UTF-8", "HOME", "/tmp", "XDG_CACHE_HOME", "/tmp"));
        environment.putAll(settings);
        return builder;
    }
}
