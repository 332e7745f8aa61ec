package dev.caravan.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.failure.ExceptionText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses of a running Caravan, which it wrote into its data folder when it was ready.
 *
 * @param log the log file; empty when log lines go to the console
 * @param name of a process that joined; null for the one that others join
 * @param cloud the settings with which others join, secrets included
 */
@JsonPropertyOrder({"api", "s3", "data", "log", "pid", "name", "roles", "cloud"})
public record RunState(
        String api,
        Bucket s3,
        String data,
        String log,
        long pid,
        String name,
        List<String> roles,
        Map<String, String> cloud) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAIN = "caravan";
    private static final String ENDING = ".json";

    /** Empty keys mean that the environment's own credentials are used. */
    public record Bucket(
            String endpoint,
            String bucket,
            @JsonProperty("access_key") String accessKey,
            @JsonProperty("secret_key") String secretKey) {

        /** Leaves the secret out: a record in a log line must not show it. */
        @Override
        public String toString() {
            return "Bucket[" + endpoint + "/" + bucket + "]";
        }
    }

    static Path file(Path data) {
        return file(data, null);
    }

    private static Path file(Path data, String name) {
        return data.resolve("run").resolve((name == null ? MAIN : name) + ENDING);
    }

    /** Reads what a running Caravan has written; empty when there is none, or when it died without removing it. */
    static Optional<RunState> read(Path data) {
        return alive(file(data));
    }

    /** Returns the processes that run here and joined a Caravan, by name. */
    static List<RunState> joined(Path data) {
        Path folder = file(data).getParent();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING) && !file.equals(file(data)))
                    .sorted()
                    .flatMap(file -> alive(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder + ": " + ExceptionText.of(e), e);
        }
    }

    private static Optional<RunState> alive(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), RunState.class)).filter(RunState::isAlive);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + ExceptionText.of(e), e);
        }
    }

    /** Writes the file readable only by the owner, since it holds keys, and atomically, since others wait for it. */
    void write() {
        Path file = file(Path.of(data), name);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            JSON.writeValue(draft.toFile(), this);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + ExceptionText.of(e), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file(Path.of(data), name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves out the settings for joining: a record in a log line must not show them. */
    @Override
    public String toString() {
        return "RunState[%s, process %d, %s]".formatted(name == null ? MAIN : name, pid, api);
    }

    /** The system may have given the process id to another program; Caravan's processes are Java programs. */
    private boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("java"))
                .isPresent();
    }
}
