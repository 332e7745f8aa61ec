package dev.caravan.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folders in which integrators keep routes and Kamelets. One that does not exist is empty. */
public final class PipelineFolders {
    /** A flow has some hundred lines; more than 1 MiB is another kind of file. */
    private static final long MAX_BYTES = 1 << 20;

    private final List<Path> folders;

    public PipelineFolders(List<Path> folders) {
        this.folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
    }

    /** Those that do not exist. */
    public List<Path> missing() {
        return folders.stream().filter(folder -> !Files.isDirectory(folder)).toList();
    }

    /** By path, what tells one state of a file from another; cheap enough for several times a second. */
    Map<Path, String> stamps() {
        Map<Path, String> stamps = new TreeMap<>();
        for (Path file : files()) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.put(file, now.lastModifiedTime() + " " + now.size() + " " + now.fileKey());
            } catch (IOException e) {
                // Removed since it was listed.
                stamps.remove(file);
            }
        }
        return stamps;
    }

    /** @throws UncheckedIOException naming the file that cannot be read */
    List<FlowFile> read() {
        List<FlowFile> read = new ArrayList<>();
        for (Path file : files()) {
            try {
                read.add(read(file));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The file %s cannot be read: %s. Give it to the user %s, or remove it"
                                .formatted(file, e, System.getProperty("user.name")),
                        e);
            }
        }
        return read;
    }

    /** Any one file, which need not be in a folder. */
    static FlowFile read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is larger than 1 MiB");
        }
        return new FlowFile(
                file.toAbsolutePath().normalize(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.list(folder)) {
                    found.filter(PipelineFolders::isFlow).sorted().forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException("The folder " + folder + " cannot be listed: " + e, e);
                }
            }
        }
        return files;
    }

    /** Links are followed, because mounted configuration consists of them; a pipe would never end. */
    private static boolean isFlow(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".")
                && (name.endsWith(FlowFile.ROUTE) || name.endsWith(FlowFile.KAMELET))
                && Files.isRegularFile(file);
    }
}
