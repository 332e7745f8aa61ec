package dev.caravan.ffmpeg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes the filter of system calls to a file for bubblewrap, again if a cleaner of temporary files removed it. */
final class FilterFile {
    private final byte[] program;
    private Path path;

    private FilterFile(byte[] program) {
        this.program = program.clone();
    }

    /** Returns the file; empty on a machine for which there is no filter. */
    static Optional<FilterFile> ofThisMachine() {
        return SystemCalls.filter(System.getProperty("os.arch")).map(FilterFile::new);
    }

    synchronized Path path() {
        try {
            if (path == null || !Files.exists(path)) {
                path = Files.write(Files.createTempFile("caravan-calls", ".bpf"), program);
                path.toFile().deleteOnExit();
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("The filter of system calls cannot be written", e);
        }
    }
}
