package dev.caravan.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command and returns its output. */
final class Program {
    private static final int SECONDS = 20;

    private Program() {}

    /**
     * Returns the output.
     *
     * @throws IOException when it cannot be run, fails, or takes longer than 20 seconds
     */
    static String output(String... command) throws IOException {
        Path out = Files.createTempFile("caravan-doctor", ".out");
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command[0] + " does not end");
            } else if (process.exitValue() != 0) {
                throw new IOException("%s ends with %d: %s"
                        .formatted(
                                command[0],
                                process.exitValue(),
                                Files.readString(out).strip()));
            }
            return Files.readString(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(out);
        }
    }
}
