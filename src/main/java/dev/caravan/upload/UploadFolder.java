package dev.caravan.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one upload. It lies in {@code caravan.temp}, which one process at a time holds and empties at its start: so
 * nothing outlives a process that was killed.
 */
record UploadFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(UploadFolder.class);

    /** No name from outside comes in here. */
    Path file(String part) {
        return path.resolve(part);
    }

    void create() throws IOException {
        Files.createDirectories(path);
    }

    void remove() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            LOG.warn("could not remove the upload {}: {}", path, e.getMessage());
        }
    }
}
