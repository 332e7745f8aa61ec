package dev.caravan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.json.Json;
import dev.caravan.media.Clips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Media for tests: made by FFmpeg, or from the shared collection where the machine has it. */
public final class TestMedia {
    private TestMedia() {}

    /** A moving test picture of 640x360 with a tone. */
    public static Path clip(Path folder, String name, double seconds) {
        return Clips.make(
                folder.resolve(name),
                "-f lavfi -i testsrc2=size=640x360:rate=25:duration=" + seconds
                        + " -f lavfi -i sine=frequency=440:duration=" + seconds
                        + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -shortest -f mp4");
    }

    /** The clip with a box behind it that players skip. */
    public static byte[] padded(byte[] clip, int size) {
        ByteBuffer file = ByteBuffer.allocate(size).put(clip);
        file.putInt(size - clip.length).put("free".getBytes(StandardCharsets.US_ASCII));
        while (file.hasRemaining()) {
            file.put((byte) (file.position() * 31 >> 3));
        }
        return file.array();
    }

    /** What ffprobe says, counting packets: {@code streams} and {@code format}. */
    public static JsonNode probe(Path file) {
        String json = run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-count_packets",
                "-show_streams",
                "-show_format",
                "-of",
                "json",
                file.toString()));
        try {
            return Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the collection lies on machines that have it, beside the checkout. */
    public static Path shared() {
        return Path.of("..", "shared", "media").toAbsolutePath().normalize();
    }

    /** The files in one of the collection's folders, in order of their names; none without it. */
    public static List<Path> shared(String folder) {
        Path directory = shared().resolve(folder);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program and returns what it prints; a non-zero exit fails the test. */
    public static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " ended with " + process.exitValue() + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
