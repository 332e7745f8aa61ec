package dev.caravan.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The bubblewrap command line (bwrap(1)): no network, no other processes, no files but the system's and the workspace. */
record Jail(List<String> walls) {
    private static final List<String> NAMESPACES = List.of(
            "--unshare-user-try",
            "--unshare-net",
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--die-with-parent",
            "--new-session",
            "--cap-drop",
            "ALL");
    private static final List<String> ROOTS = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");
    private static final List<String> CONFIGURATION =
            List.of("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime", "/var/cache/fontconfig");

    static Jail around(FfmpegSettings settings) {
        List<String> walls = new ArrayList<>(List.of("bwrap"));
        walls.addAll(NAMESPACES);
        walls.addAll(List.of("--ro-bind", "/usr", "/usr"));
        ROOTS.forEach(root -> walls.addAll(sameAsOutside(Path.of(root))));
        CONFIGURATION.forEach(file -> walls.addAll(List.of("--ro-bind-try", file, file)));
        walls.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
        Stream.of(settings.ffmpeg(), settings.ffprobe(), settings.vips())
                .map(Path::of)
                .filter(program -> program.isAbsolute() && !program.startsWith("/usr"))
                .map(program -> program.getParent().toString())
                .distinct()
                .forEach(folder -> walls.addAll(List.of("--ro-bind", folder, folder)));
        return new Jail(List.copyOf(walls));
    }

    /** @param fixed files of the workspace that cannot be changed, removed or replaced inside */
    List<String> wrap(List<String> command, Path workspace, Set<Path> fixed) {
        String folder = workspace.toString();
        List<String> jailed = new ArrayList<>(walls);
        jailed.addAll(List.of("--bind", folder, folder, "--chdir", folder));
        fixed.forEach(file -> jailed.addAll(List.of("--ro-bind-try", file.toString(), file.toString())));
        jailed.add("--");
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
