package dev.caravan.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Checks whether there is disk space for the workspaces of jobs. */
final class DiskCheck implements Check {
    private final Path folder;
    private final long least;

    /** @param least the bytes that should be free */
    DiskCheck(Path folder, long least) {
        this.folder = folder;
        this.least = least;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public Finding look() throws IOException {
        long free = Files.getFileStore(existing(folder)).getUsableSpace();
        Map<String, ?> details = Map.of("folder", folder.toString(), "free_bytes", free, "least_bytes", least);
        return free >= least
                ? Finding.good("free", details)
                : new Finding("nearly full", HealthStatus.DEGRADED, null, "little space is left", advice(), details);
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(HealthStatus.DEGRADED, "unknown", folder + ": " + why, advice());
    }

    private String advice() {
        return "Free space on the disk of " + folder + ", or set TEMP_DIR to a folder with more.";
    }

    /** The first job creates the folder itself. */
    private static Path existing(Path folder) {
        Path path = folder;
        while (path.getParent() != null && !Files.exists(path)) {
            path = path.getParent();
        }
        return path;
    }
}
