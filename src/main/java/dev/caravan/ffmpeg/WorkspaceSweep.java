package dev.caravan.ffmpeg;

import dev.caravan.failure.StepException;
import dev.caravan.failure.WorkspaceTampered;
import dev.caravan.work.Workspaces;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a workspace after its child has ended, and before Java opens a file of it. A compromised program can leave a link
 * to a file that only Caravan may read or write, or a pipe that blocks its reader. So the workspace may hold only plain
 * files and folders of its own user, without further names (hard links) and without the set-user-id bit.
 *
 * @param workspace of the job
 * @param outputs files that the child was asked to write
 * @param linked files with several names before the child began: an upload on this disk is linked, not copied
 */
record WorkspaceSweep(Path workspace, List<Path> outputs, Map<Path, Object> linked) {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceSweep.class);
    private static final String ATTRIBUTES = "unix:mode,nlink,uid,ino,dev";
    private static final int KIND = 0xF000;
    private static final int FOLDER = 0x4000;
    private static final int FILE = 0x8000;
    private static final int SET_ID = 06000;
    /** No step makes folders below folders; a deeper tree is an attempt to make its removal fail. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_ENTRIES = 10_000;

    /** Records the files that exist before the child begins. */
    static WorkspaceSweep before(Path workspace, List<Path> outputs) throws IOException {
        Map<Path, Object> linked = new HashMap<>();
        try (Stream<Path> entries = Files.list(workspace)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Found found = Found.at(entry);
                if (found.kind() == FILE && found.links() > 1) {
                    linked.put(entry, found.identity());
                }
            }
        }
        return new WorkspaceSweep(workspace, outputs, Map.copyOf(linked));
    }

    /** Returns the files that have a name outside the workspace too: a child may only read them. */
    Set<Path> shared() {
        return linked.keySet();
    }

    /**
     * Checks the files that the child left.
     *
     * @throws StepException permanent {@code WORKSPACE_TAMPERED}; what was found is removed
     */
    void after(String job) throws IOException {
        int owner = Found.at(workspace).owner();
        Visitor visitor = new Visitor(owner);
        Files.walkFileTree(workspace, Set.of(), MAX_DEPTH + 1, visitor);
        if (visitor.strange != null) {
            LOG.warn(
                    "job {}: a child left {} in {}: its step ends, and what it left is removed. The upload may attack"
                            + " the program that read it",
                    job,
                    visitor.what,
                    workspace);
            remove(visitor.strange);
            throw WorkspaceTampered.by(visitor.strange, visitor.what);
        }
    }

    private static void remove(Path strange) throws IOException {
        if (Files.isDirectory(strange, LinkOption.NOFOLLOW_LINKS)) {
            Workspaces.delete(strange);
        } else {
            Files.deleteIfExists(strange);
        }
    }

    private String strange(Path entry, int depth, int owner) throws IOException {
        Found found = Found.at(entry);
        if (found.kind() != FILE && found.kind() != FOLDER) {
            return Found.name(found.kind());
        } else if (found.owner() != owner) {
            return "a file of another user";
        } else if ((found.mode() & SET_ID) != 0) {
            return "a file with the set-user-id bit";
        } else if (found.kind() == FILE
                && found.links() > 1
                && !found.identity().equals(linked.get(entry))) {
            return "a hard link";
        } else if (found.kind() == FOLDER && outputs.contains(entry)) {
            return "a folder in place of a file";
        }
        return found.kind() == FOLDER && depth > MAX_DEPTH ? "folders below folders" : null;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final int owner;
        private Path strange;
        private String what;
        private int entries;

        private Visitor(int owner) {
            this.owner = owner;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            return look(folder);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            return look(file);
        }

        /** Reports a folder that its owner may not read. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return e instanceof NoSuchFileException ? FileVisitResult.CONTINUE : found(file, "a folder that is locked");
        }

        private FileVisitResult look(Path entry) throws IOException {
            int depth = entry.getNameCount() - workspace.getNameCount();
            String wrong = ++entries > MAX_ENTRIES ? "thousands of files" : strange(entry, depth, owner);
            return wrong == null ? FileVisitResult.CONTINUE : found(entry, wrong);
        }

        private FileVisitResult found(Path entry, String wrong) {
            strange = entry;
            what = wrong;
            return FileVisitResult.TERMINATE;
        }
    }

    /** The attributes from lstat(2). */
    private record Found(int mode, int links, int owner, Object identity) {
        static Found at(Path entry) throws IOException {
            Map<String, Object> stat = Files.readAttributes(entry, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            return new Found(
                    (int) stat.get("mode"),
                    (int) stat.get("nlink"),
                    (int) stat.get("uid"),
                    stat.get("dev") + ":" + stat.get("ino"));
        }

        int kind() {
            return mode & KIND;
        }

        static String name(int kind) {
            return switch (kind) {
                case 0xA000 -> "a symbolic link";
                case 0x1000 -> "a named pipe";
                case 0xC000 -> "a socket";
                default -> "a device";
            };
        }
    }
}
