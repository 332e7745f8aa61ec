package dev.caravan.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands before FFmpeg and tells of each encoding that it starts, through a named pipe: that alone leads out of the jail. May
 * be told to do something else first, or instead.
 */
final class FfmpegScript implements AutoCloseable {
    private static final String SCRIPT =
            """
            #!/bin/sh
            here=$(dirname "$0")
            case "$*" in
              *libx264*) echo "$PWD" >"$here/starts"; . "$here/behaviour" ;;
            esac
            exec ffmpeg "$@"
            """;

    /** One encoding. */
    record Start(String jobId, long fence, Instant at) {}

    private final Path folder;
    private final List<Start> starts = new CopyOnWriteArrayList<>();
    private final RandomAccessFile pipe;

    FfmpegScript(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            new ProcessBuilder("mkfifo", "-m", "666", folder.resolve("starts").toString())
                    .start()
                    .waitFor();
            Files.writeString(program(), SCRIPT);
            Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwxr-xr-x"));
            behave("");
            pipe = new RandomAccessFile(folder.resolve("starts").toFile(), "rw");
            Thread reader = new Thread(this::read, "ffmpeg-starts");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path program() {
        return folder.resolve("ffmpeg-script");
    }

    /** From the next encoding on, does this first: lines of a shell script that sees FFmpeg's arguments. */
    void behave(String lines) {
        try {
            Path draft = Files.writeString(folder.resolve("draft"), lines + "\n");
            Files.move(draft, folder.resolve("behaviour"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does this in the first run of each job only, which leaves a note for the next one in the job's folder. */
    void behaveOnce(String lines) {
        behave("case \"$PWD\" in *-1) if [ ! -e misbehaved ]; then touch misbehaved\n" + lines + "\nfi ;; esac");
    }

    List<Start> starts() {
        return starts;
    }

    private void read() {
        try {
            for (String line; (line = pipe.readLine()) != null; ) {
                String workspace = line.substring(line.lastIndexOf('/') + 1);
                int dash = workspace.lastIndexOf('-');
                starts.add(new Start(
                        workspace.substring(0, dash),
                        Long.parseLong(workspace.substring(dash + 1)),
                        Clock.systemUTC().instant()));
            }
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            pipe.writeBytes("end/end-0\n");
            pipe.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
