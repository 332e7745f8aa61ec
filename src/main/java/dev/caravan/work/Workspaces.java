package dev.caravan.work;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and removes scratch folders of jobs and of uploads: caches that may vanish at any time. */
public final class Workspaces {
    private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);

    private Workspaces() {}

    /** Removes a folder, with all that a child process left in it: links are not followed, and locked folders are opened. */
    public static void delete(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Deque<Path> left = new ArrayDeque<>();
            Remover remover = new Remover(folder, left);
            Files.walkFileTree(folder, remover);
            while (!left.isEmpty()) {
                Path part = left.pop();
                Files.walkFileTree(part, new Remover(folder, left));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warn("could not remove workspace {}: {}", folder, e.getMessage());
        }
    }

    /** @param left parts of the tree that are to be removed before its root */
    private static final class Remover extends SimpleFileVisitor<Path> {
        /** Bytes; the system takes paths of 4096 (PATH_MAX), and a child can nest folders deeper. */
        private static final int LONG_PATH = 2048;

        private final Path root;
        private final Deque<Path> left;
        private Path opened;

        private Remover(Path root, Deque<Path> left) {
            this.root = root;
            this.left = left;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (folder.toString().length() < LONG_PATH) {
                return FileVisitResult.CONTINUE;
            }
            left.push(Files.move(folder, root.resolve(UUID.randomUUID().toString())));
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path folder, IOException e) throws IOException {
            if (!(e instanceof AccessDeniedException) || folder.equals(opened)) {
                throw e;
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            opened = folder;
            Files.walkFileTree(folder, this);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            if (!folder.equals(root)) {
                Files.deleteIfExists(folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
