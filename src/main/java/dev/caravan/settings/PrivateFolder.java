package dev.caravan.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes folders that other users of the machine can neither read nor have made: uploads, workspaces and records are in them.
 * Java makes folders that every user may read, unless the umask forbids it.
 */
public final class PrivateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> NEW = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final int STICKY = 01000;
    private static final int WRITTEN_BY_OTHERS = 022;

    private PrivateFolder() {}

    /**
     * Makes a folder, or takes one that this user has made. No other user can read it afterwards.
     *
     * @throws IOException when it belongs to another user, or is a link
     */
    public static Path in(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Files.createDirectories(folder, NEW);
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(folder + " is no folder. Remove it.");
        }
        requireOwn(folder, false);
        if (!Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        }
        return folder;
    }

    /**
     * Makes a folder for private ones, or takes one of this user or of root as it is: {@code /tmp}, or a mounted volume.
     *
     * @throws IOException when it belongs to another user, who could read or replace what is put there
     */
    public static Path around(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Files.createDirectories(folder, NEW);
        }
        requireOwn(folder, true);
        int mode = (int) Files.getAttribute(folder, "unix:mode");
        if ((mode & WRITTEN_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
            LOG.warn("other users may write in {}. Take that away with: chmod go-w {}", folder, folder);
        }
        return folder;
    }

    private static void requireOwn(Path folder, boolean orRoots) throws IOException {
        UserPrincipal owner = Files.getOwner(folder);
        if (!owner.equals(self()) && !(orRoots && (int) Files.getAttribute(folder, "unix:uid") == 0)) {
            throw new IOException(
                    "%s belongs to %s, who could read what is put there. Choose another folder, or give it to %s."
                            .formatted(folder, owner.getName(), self().getName()));
        }
    }

    private static UserPrincipal self() throws IOException {
        return Files.getOwner(Path.of("/proc/self"));
    }
}
