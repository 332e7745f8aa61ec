package dev.caravan.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Builds the bubblewrap command line (bwrap(1)): no network, no other processes, no files but the system's and the
 * workspace, none of them writable but the workspace and a bounded {@code /tmp}.
 *
 * @param walls options that are the same for each child
 * @param filter the system calls that are denied; null where this machine cannot filter them
 */
record Sandbox(List<String> walls, FilterFile filter) {
    private static final List<String> NAMESPACES = List.of(
            "--unshare-net",
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--die-with-parent",
            "--new-session",
            "--cap-drop",
            "ALL");
    /** The user nobody, also where the worker runs as root; no nested namespaces, which expose more of the kernel. */
    private static final List<String> NOBODY = List.of("--unshare-user", "--uid", "65534", "--gid", "65534");

    private static final List<String> ROOTS = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");
    private static final List<String> CONFIGURATION =
            List.of("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime", "/var/cache/fontconfig");
    private static final String PROGRAMS = "/usr/local/bin:/usr/bin:/bin";
    /** Bytes: libvips keeps a large picture there that it must rotate. */
    private static final long TEMPORARY = 1L << 30;

    /** bwrap(1) reads the filter from an open file: the shell opens it. */
    private static final List<String> WITH_FILTER = List.of("sh", "-c", "exec \"$@\" 9<\"$0\"");

    /**
     * The optional parts of a sandbox, beyond its walls.
     *
     * @param user a user namespace with another user, and none below it
     * @param bounded bounds for {@code /tmp}
     * @param filter null for none
     */
    record Hardening(boolean user, boolean bounded, FilterFile filter) {}

    static Sandbox around(FfmpegSettings settings, Hardening hardening) {
        List<String> walls = new ArrayList<>(NAMESPACES);
        walls.addAll(hardening.user() ? NOBODY : List.of("--unshare-user-try"));
        if (hardening.user()) {
            walls.add("--disable-userns");
        }
        walls.addAll(List.of("--setenv", "PATH", PROGRAMS, "--ro-bind", "/usr", "/usr"));
        ROOTS.forEach(root -> walls.addAll(sameAsOutside(Path.of(root))));
        CONFIGURATION.forEach(file -> walls.addAll(List.of("--ro-bind-try", file, file)));
        walls.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        if (hardening.bounded()) {
            walls.addAll(List.of("--size", String.valueOf(TEMPORARY)));
        }
        walls.addAll(List.of("--tmpfs", "/tmp"));
        Stream.concat(
                        Stream.of(settings.ffmpeg(), settings.ffprobe(), settings.vips()),
                        settings.programs().values().stream())
                .map(Path::of)
                .filter(program -> program.isAbsolute() && !program.startsWith("/usr"))
                .map(program -> program.getParent().toString())
                .distinct()
                .forEach(folder -> walls.addAll(List.of("--ro-bind", folder, folder)));
        return new Sandbox(List.copyOf(walls), hardening.filter());
    }

    /** @param fixed files of the workspace that cannot be changed, removed or replaced inside */
    List<String> wrap(List<String> command, Path workspace, Set<Path> fixed) {
        String folder = workspace.toString();
        List<String> jailed = new ArrayList<>();
        if (filter != null) {
            jailed.addAll(WITH_FILTER);
            jailed.add(filter.path().toString());
        }
        jailed.add("bwrap");
        if (filter != null) {
            jailed.addAll(List.of("--seccomp", "9"));
        }
        jailed.addAll(walls);
        jailed.addAll(List.of("--bind", folder, folder));
        fixed.forEach(file -> jailed.addAll(List.of("--ro-bind-try", file.toString(), file.toString())));
        // The folders that hold the mounts are in memory without a limit.
        jailed.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", folder, "--"));
        jailed.addAll(command);
        return List.copyOf(jailed);
    }

    /** On a merged system {@code /lib} is a link into {@code /usr}, on others a folder of its own. */
    private static List<String> sameAsOutside(Path root) {
        try {
            if (Files.isSymbolicLink(root)) {
                return List.of("--symlink", Files.readSymbolicLink(root).toString(), root.toString());
            }
            return Files.isDirectory(root) ? List.of("--ro-bind", root.toString(), root.toString()) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
