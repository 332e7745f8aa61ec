package dev.caravan.storage;

import dev.caravan.failure.StepException;
import dev.caravan.failure.WorkspaceTampered;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Opens files of a workspace, in which child processes write too. A file is a regular file: a link is not followed
 * (O_NOFOLLOW of open(2)), and a pipe, which would block the reader, is not opened. The step fails permanently with {@code
 * WORKSPACE_TAMPERED} instead.
 */
public final class PlainFile {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final OpenOption[] NEW = {
        StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS
    };
    private static final int MAX_LINE = 4096;

    private PlainFile() {}

    /** Says whether there is a file of this name; a link whose target is missing counts. */
    public static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the size in bytes. */
    public static long size(Path file) throws IOException {
        return attributes(file).size();
    }

    public static SeekableByteChannel open(Path file) throws IOException {
        attributes(file);
        return Files.newByteChannel(file, READ);
    }

    public static InputStream read(Path file) throws IOException {
        return Channels.newInputStream(open(file));
    }

    /** Opens a file for random access. */
    public static RandomAccessFile random(Path file) throws IOException {
        attributes(file);
        return new RandomAccessFile(file.toFile(), "r");
    }

    /**
     * Reads a whole file.
     *
     * @param most bytes; a larger file is {@code WORKSPACE_TAMPERED}
     */
    public static byte[] bytes(Path file, int most) throws IOException {
        if (size(file) > most) {
            throw WorkspaceTampered.by(file, "a file larger than " + most + " bytes");
        }
        try (InputStream in = read(file)) {
            return in.readNBytes(most);
        }
    }

    /** Passes on each line of a text in UTF-8; a line is cut after 4096 bytes. */
    public static void lines(Path file, Consumer<String> reader) throws IOException {
        try (InputStream in = new BufferedInputStream(read(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    reader.accept(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else if (line.size() < MAX_LINE) {
                    line.write(next);
                }
            }
            if (line.size() > 0) {
                reader.accept(line.toString(StandardCharsets.UTF_8));
            }
        }
    }

    /** Writes a text in UTF-8 into a new file, in place of whatever has this name. */
    public static Path write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        return Files.writeString(file, text, NEW);
    }

    /** Writes bytes into a new file, in place of whatever has this name. */
    public static Path write(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        return Files.write(file, bytes, NEW);
    }

    /** Begins a new file of text in UTF-8, in place of whatever has this name. */
    public static BufferedWriter writer(Path file) throws IOException {
        Files.deleteIfExists(file);
        return Files.newBufferedWriter(file, NEW);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException, StepException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw WorkspaceTampered.by(
                    file, attributes.isSymbolicLink() ? "a symbolic link" : "something that is no file");
        }
        return attributes;
    }
}
