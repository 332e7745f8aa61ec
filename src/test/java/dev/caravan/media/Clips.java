package dev.caravan.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Small media made by FFmpeg's own sources. */
public final class Clips {
    public static final String CORNERS =
            "color=black:s=64x36:r=30:d=0.4,drawbox=0:0:32:18:red:fill,drawbox=32:0:32:18:lime:fill,"
                    + "drawbox=0:18:32:18:blue:fill,drawbox=32:18:32:18:white:fill";

    private Clips() {}

    /** Runs ffmpeg; the words of {@code arguments} are split at blanks. */
    public static Path make(Path file, String arguments) {
        return make(file, List.of(arguments.split(" +")));
    }

    public static Path make(Path file, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(arguments);
        command.add(file.toString());
        return MadeOnce.make(file, command);
    }

    /** A picture of four colours: red, green / blue, white. */
    public static Path corners(Path file) {
        return make(file, "-f lavfi -i " + CORNERS + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p");
    }

    /** Writes a display matrix into the track header of an MP4 (ISO/IEC 14496-12, 8.3.2). */
    public static Path turned(Path source, Path file, int a, int b, int c, int d) {
        try {
            byte[] bytes = Files.readAllBytes(source);
            int matrix = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd") + 44;
            int[] values = {a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30};
            ByteBuffer buffer = ByteBuffer.wrap(bytes, matrix, 36);
            for (int value : values) {
                buffer.putInt(value);
            }
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
