package dev.caravan.upload;

import dev.caravan.settings.PrivateFolder;
import dev.caravan.work.Workspaces;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder of one upload. It lies in {@code caravan.temp}, which one process at a time holds and empties at its start: so
 * nothing outlives a process that was killed.
 */
record UploadFolder(Path path) {
    /** No name from outside comes in here. */
    Path file(String part) {
        return path.resolve(part);
    }

    void create() throws IOException {
        PrivateFolder.in(path);
    }

    void remove() {
        Workspaces.delete(path);
    }
}
