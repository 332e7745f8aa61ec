package dev.caravan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a screen, where one is installed. Talks to nobody but whom its page names. */
final class Chromium {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final List<String> QUIET = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--autoplay-policy=no-user-gesture-required",
            "--enable-logging=stderr");

    private final Path folder;

    Chromium(Path folder) {
        this.folder = folder;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** @param dom the page once its scripts have run; @param console what they, and the browser about them, had to say */
    record Page(String dom, List<String> console) {}

    Page open(String url) {
        Path errors = folder.resolve("errors");
        Process process = start(errors, "--dump-dom", "--virtual-time-budget=20000", url);
        try {
            String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(60, TimeUnit.SECONDS);
            try (Stream<String> lines = Files.lines(errors, StandardCharsets.UTF_8)) {
                return new Page(
                        dom, lines.filter(line -> line.contains("CONSOLE")).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            end(process);
        }
    }

    /** Opens a page and stays there until it is told to end. */
    Process stay(String url) {
        return start(folder.resolve("errors"), "--remote-debugging-port=0", url);
    }

    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private Process start(Path errors, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(QUIET);
        command.add("--user-data-dir=" + folder.resolve("profile"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
