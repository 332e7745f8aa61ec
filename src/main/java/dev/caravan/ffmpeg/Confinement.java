package dev.caravan.ffmpeg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is put around a child: it dies with us and as a group ({@link Leash}), is bounded in memory (prlimit), and sits in a
 * jail without network in which it sees its workspace and the system's programs only (bubblewrap). Each part where the
 * system has it.
 */
record Confinement(List<String> leash, boolean prlimit, Jail jail, FfmpegSettings settings) {

    /** Finds out, by running it, what this system offers; takes about a tenth of a second. */
    static Confinement probe(FfmpegSettings settings, Trial trial) {
        Jail jail = Jail.around(settings);
        List<String> version = jail.wrap(List.of(settings.ffmpeg(), "-version"), Path.of("/tmp"), Set.of());
        boolean works = settings.jail() && trial.succeeds(version);
        return new Confinement(
                leash(trial, works ? version : null),
                trial.succeeds(List.of("prlimit", "--core=0", "true")),
                works ? jail : null,
                settings);
    }

    private static List<String> leash(Trial trial, List<String> jailed) {
        Stream<List<String>> enclosed = jailed == null
                ? Stream.empty()
                : Leash.ENCLOSED.stream().filter(leash -> trial.succeeds(Leash.joined(leash, jailed)));
        Stream<List<String>> tied =
                Stream.of(Leash.TIED).filter(leash -> trial.succeeds(Leash.joined(leash, List.of("true"))));
        return Stream.concat(enclosed, tied).findFirst().orElse(List.of());
    }

    /** @param fixed files of the workspace that the child may read and not change, where there is a jail */
    List<String> wrap(List<String> command, Path workspace, Set<Path> fixed) {
        List<String> wrapped = new ArrayList<>(leash);
        if (prlimit) {
            wrapped.addAll(List.of("prlimit", "--core=0"));
            if (settings.memory() > 0) {
                wrapped.add("--as=" + settings.memory());
            }
        }
        wrapped.addAll(jail == null ? command : jail.wrap(command, workspace, fixed));
        return List.copyOf(wrapped);
    }

    /** Returns when nothing that the child started runs any more. In a PID namespace nothing does (pid_namespaces(7)). */
    void endAllOf(Child child) {
        if (!enclosed()) {
            Stragglers.end(child.process().pid());
        }
    }

    private boolean enclosed() {
        return Leash.ENCLOSED.contains(leash);
    }

    boolean jailed() {
        return jail != null;
    }

    /** {@code bubblewrap}, or {@code none} where the system does not let us build a jail. */
    String name() {
        return jail == null ? "none" : "bubblewrap";
    }

    /** Tries a command out. */
    interface Trial {
        boolean succeeds(List<String> command);
    }
}
