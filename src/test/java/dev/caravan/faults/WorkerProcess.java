package dev.caravan.faults;

import dev.caravan.cli.Main;
import dev.caravan.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The real program as a worker, in a process of its own, which a test may kill, stop and let go on. */
final class WorkerProcess implements AutoCloseable {
    private final Path home;
    private final Process process;

    private WorkerProcess(Path home, Process process) {
        this.home = home;
        this.process = process;
    }

    /**
     * Returns at once; {@link #ready} says when it takes jobs.
     *
     * @param home folder of this worker; that of an earlier one makes it the same worker again
     */
    static WorkerProcess start(Path home, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("caravan.roles", "worker");
        all.put("caravan.http.port", "0");
        all.put("caravan.worker.name", home.getFileName().toString());
        all.put("caravan.data", home.resolve("data").toString());
        all.putIfAbsent("caravan.temp", home.resolve("temp").toString());
        try {
            Files.createDirectories(home);
            Files.deleteIfExists(state(home));
            Properties properties = new Properties();
            properties.putAll(all);
            try (var out = Files.newOutputStream(home.resolve("caravan.properties"))) {
                properties.store(out, null);
            }
            return new WorkerProcess(home, Processes.start(program(home)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder program(Path home) {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Dcaravan.log.file=" + home.resolve("log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run")
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("out").toFile()));
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment()
                .put("CARAVAN_CONFIG", home.resolve("caravan.properties").toString());
        return builder;
    }

    private static Path state(Path home) {
        return home.resolve("data/run/caravan.json");
    }

    Path home() {
        return home;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether it takes jobs; one that could not start is an error. */
    boolean ready() {
        if (!alive()) {
            throw new IllegalStateException(
                    home + " has ended with " + process.exitValue() + ": " + read(home.resolve("out")));
        }
        return Files.exists(state(home));
    }

    /** Its children and theirs: FFmpeg, and what is put around it. */
    List<Long> children() {
        return Processes.in(home, process.pid());
    }

    /** As {@code kill -9} does: the worker alone, not its children. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        Processes.signal(process.pid(), "STOP");
    }

    void goOn() {
        Processes.signal(process.pid(), "CONT");
    }

    String log() {
        return log(home);
    }

    /** What all workers in that folder have logged. */
    static String log(Path home) {
        return read(home.resolve("log"));
    }

    /** Where it answers. */
    String api() {
        try {
            return Json.MAPPER.readTree(state(home).toFile()).get("api").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most memory that it ever had, in bytes. */
    long peakMemory() {
        try {
            String status = Files.readString(Path.of("/proc", String.valueOf(pid()), "status"));
            return Long.parseLong(status.replaceAll("(?s).*VmHWM:\\s*(\\d+) kB.*", "$1")) << 10;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        children().forEach(pid -> Processes.signal(pid, "KILL"));
    }
}
