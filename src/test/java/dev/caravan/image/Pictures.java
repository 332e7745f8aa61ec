package dev.caravan.image;

import dev.caravan.media.Clips;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pictures for tests: red, green / blue, white. */
record Pictures(Path folder) {
    private static final String CORNERS = "color=black:s=%1$dx%2$d:d=0.04,format=gbrp,drawbox=0:0:%3$d:%4$d:red:fill,"
            + "drawbox=%3$d:0:%3$d:%4$d:lime:fill,drawbox=0:%4$d:%3$d:%4$d:blue:fill,drawbox=%3$d:%4$d:%3$d:%4$d:white:fill";

    Path corners(String name, int width, int height, String options) {
        return Clips.make(
                folder.resolve(name),
                "-f lavfi -i " + CORNERS.formatted(width, height, width / 2, height / 2) + " -frames:v 1 " + options);
    }

    Path jpeg(String name, int width, int height) {
        return corners(name, width, height, "-pix_fmt yuvj444p -q:v 2");
    }

    Path png(String name, int width, int height) {
        return corners(name, width, height, "-pix_fmt rgb24");
    }

    /** What libvips makes of another picture: {@code vips OPERATION source name ...}. */
    Path vips(String operation, Path source, String name, String... arguments) {
        Path file = folder.resolve(name);
        ArrayList<String> command = new ArrayList<>(List.of("vips", operation, source.toString(), file.toString()));
        command.addAll(List.of(arguments));
        Clips.run(command);
        return file;
    }

    /** The same JPEG with EXIF that says nothing but how it is turned. */
    Path turned(Path jpeg, String name, int orientation) {
        byte[] exif = ByteBuffer.allocate(36)
                .putShort((short) 0xFFE1)
                .putShort((short) 34)
                .put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42})
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
        byte[] bytes = read(jpeg);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes, 0, 2);
        all.writeBytes(exif);
        all.write(bytes, 2, bytes.length - 2);
        return write(name, all.toByteArray());
    }

    Path beginning(Path file, String name, double part) {
        byte[] bytes = read(file);
        return write(name, Arrays.copyOf(bytes, (int) (bytes.length * part)));
    }

    /** A PNG that promises this size and holds nothing. */
    Path promise(String name, int width, int height) {
        byte[] header = ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                .putInt(13)
                .put(new byte[] {'I', 'H', 'D', 'R'})
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .putInt(0)
                .array();
        return write(name, header);
    }

    Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
