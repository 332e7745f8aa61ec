package dev.caravan.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Processes as the system shows them, and a way to start some that cannot outlive these tests. */
final class Processes {
    /** PR_SET_PDEATHSIG follows the thread that forked, so all are started by one that never ends. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "process-starter");
        thread.setDaemon(true);
        return thread;
    });

    private Processes() {}

    static Process start(ProcessBuilder builder) {
        List<String> command = builder.command();
        builder.command(Stream.concat(Stream.of("setpriv", "--pdeathsig", "KILL"), command.stream())
                .toList());
        try {
            return STARTER.submit(builder::start).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The processes that work in {@code folder}, by what they were started with, other than {@code except}. */
    static List<Long> in(Path folder, long except) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .filter(pid -> pid != except)
                    .filter(pid -> commandLine(pid).contains(folder + "/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void signal(long pid, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Empty for one that has ended meanwhile, and for zombies. */
    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
