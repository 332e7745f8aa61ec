package dev.caravan.upload;

import dev.caravan.settings.PrivateFolder;
import dev.caravan.work.Workspaces;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder of one upload. It is in {@code caravan.temp}, which one process at a time holds and empties at its start, so
 * that no file outlives a killed process.
 */
record UploadFolder(Path path) {
    /** Returns the file of a part; its name never comes from a client. */
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
