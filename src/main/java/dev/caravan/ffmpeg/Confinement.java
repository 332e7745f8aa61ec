package dev.caravan.ffmpeg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is put around a child: it dies with us (setpriv) and as a group (setsid), is bounded in
 * memory (prlimit), and sits in a jail without
 * network in which it sees its workspace and the system's programs only (bubblewrap). Each part where the system has it.
 */
record Confinement(boolean tied, boolean prlimit, Jail jail, FfmpegSettings settings) {

    private static final List<String> TIED = List.of("setpriv", "--pdeathsig", "KILL", "setsid");
    private static final List<String> TIED_WITH_TRUE =
            Stream.concat(TIED.stream(), Stream.of("true")).toList();

    /** Finds out, by running it, what this system offers; takes about a tenth of a second. */
    static Confinement probe(FfmpegSettings settings, Trial trial) {
        Jail jail = Jail.around(settings);
        List<String> version = List.of(settings.ffmpeg(), "-version");
        boolean works = settings.jail() && trial.succeeds(jail.wrap(version, Path.of("/tmp")));
        return new Confinement(
                trial.succeeds(TIED_WITH_TRUE),
                trial.succeeds(List.of("prlimit", "--core=0", "true")),
                works ? jail : null,
                settings);
    }

    List<String> wrap(List<String> command, Path workspace) {
        List<String> wrapped = new ArrayList<>();
        if (tied) {
            wrapped.addAll(TIED);
        }
        if (prlimit) {
            wrapped.addAll(List.of("prlimit", "--core=0"));
            if (settings.memory() > 0) {
                wrapped.add("--as=" + settings.memory());
            }
        }
        wrapped.addAll(jail == null ? command : jail.wrap(command, workspace));
        return List.copyOf(wrapped);
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
