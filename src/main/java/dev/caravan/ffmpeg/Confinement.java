package dev.caravan.ffmpeg;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confines a child: it dies with the worker and as a group ({@link ParentDeathSignal}), has limited resources (prlimit),
 * and runs in a sandbox without network that shows only its workspace and the system's programs (bubblewrap). Each part
 * applies where the system has it.
 *
 * @param prlimit whether resource limits can be set
 * @param processes whether their number can be limited: where it is counted in the sandbox alone (Linux 5.14 and newer)
 */
record Confinement(List<String> leash, boolean prlimit, boolean processes, Sandbox jail, FfmpegSettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);
    private static final Path ANYWHERE = Path.of("/tmp");

    private static final String LIMIT = "prlimit";
    private static final int MAX_PROCESSES = 1024;
    private static final int MAX_OPEN_FILES = 512;
    /** Bytes: half a day of 12 Mbit/s. */
    private static final long MAX_FILE = 64L << 30;

    /** Finds out what this system offers by trying it; takes about a tenth of a second. */
    static Confinement probe(FfmpegSettings settings, Trial trial) {
        Sandbox jail = settings.jail() ? jail(settings, trial) : null;
        List<String> version = jail == null ? null : jail.wrap(version(settings), ANYWHERE, Set.of());
        boolean prlimit = trial.succeeds(List.of(LIMIT, "--core=0", "true"));
        return new Confinement(leash(trial, version), prlimit, prlimit && countsProcesses(jail, trial), jail, settings);
    }

    private static List<String> version(FfmpegSettings settings) {
        return List.of(settings.ffmpeg(), "-version");
    }

    /** Returns the strictest sandbox that works here. Logs once what it lacks. */
    private static Sandbox jail(FfmpegSettings settings, Trial trial) {
        FilterFile filter = FilterFile.ofThisMachine().orElse(null);
        Map<String, Sandbox.Hardening> hardenings = new LinkedHashMap<>();
        hardenings.put(filter == null ? "a filter of system calls" : "", new Sandbox.Hardening(true, true, filter));
        hardenings.put("a filter of system calls", new Sandbox.Hardening(true, true, null));
        hardenings.put("a user of its own, and a bound for /tmp", new Sandbox.Hardening(false, false, filter));
        hardenings.put(
                "a filter of system calls, a user of its own, and a bound for /tmp",
                new Sandbox.Hardening(false, false, null));
        for (Map.Entry<String, Sandbox.Hardening> hardening : hardenings.entrySet()) {
            Sandbox jail = Sandbox.around(settings, hardening.getValue());
            if (trial.succeeds(jail.wrap(version(settings), ANYWHERE, Set.of()))) {
                if (!hardening.getKey().isEmpty()) {
                    LOG.warn(
                            "the jail of FFmpeg lacks {} on this machine. Install bubblewrap 0.8 or newer, and allow user"
                                    + " namespaces",
                            hardening.getKey());
                }
                return jail;
            }
        }
        return null;
    }

    /** Returns whether processes are counted in the sandbox: over the whole machine, a limit of eight would be exceeded. */
    private static boolean countsProcesses(Sandbox jail, Trial trial) {
        return jail != null
                && trial.succeeds(
                        jail.wrap(List.of(LIMIT, "--nproc=8", "sh", "-c", "true & wait"), ANYWHERE, Set.of()));
    }

    private static List<String> leash(Trial trial, List<String> jailed) {
        Stream<List<String>> enclosed = jailed == null
                ? Stream.empty()
                : ParentDeathSignal.ENCLOSED.stream()
                        .filter(leash -> trial.succeeds(ParentDeathSignal.joined(leash, jailed)));
        Stream<List<String>> tied = Stream.of(ParentDeathSignal.TIED)
                .filter(leash -> trial.succeeds(ParentDeathSignal.joined(leash, List.of("true"))));
        return Stream.concat(enclosed, tied).findFirst().orElse(List.of());
    }

    /**
     * @param fixed files of the workspace that the child may read and not change, where there is a sandbox
     * @param limit how long it may run
     */
    List<String> wrap(List<String> command, Path workspace, Set<Path> fixed, Duration limit) {
        List<String> bounded = new ArrayList<>(bounds(limit));
        bounded.addAll(command);
        List<String> wrapped = new ArrayList<>(leash);
        wrapped.addAll(jail == null ? bounded : jail.wrap(bounded, workspace, fixed));
        return List.copyOf(wrapped);
    }

    /** Returns the prlimit command, which runs inside the sandbox, where processes are counted separately. */
    private List<String> bounds(Duration limit) {
        if (!prlimit) {
            return List.of();
        }
        List<String> bounds = new ArrayList<>(List.of(
                LIMIT, "--core=0", "--nofile=" + MAX_OPEN_FILES, "--fsize=" + MAX_FILE, "--cpu=" + seconds(limit)));
        if (settings.memory() > 0) {
            bounds.add("--as=" + settings.memory());
        }
        if (processes) {
            bounds.add("--nproc=" + MAX_PROCESSES);
        }
        return bounds;
    }

    /** Returns seconds of processor time on all processors: they end a child whose worker hangs. */
    private static long seconds(Duration limit) {
        return Math.max(1, limit.toSeconds() + 1) * Runtime.getRuntime().availableProcessors();
    }

    /** Returns once nothing that the child started still runs. In a PID namespace nothing does (pid_namespaces(7)). */
    void endAllOf(Child child) {
        if (!enclosed()) {
            SessionCleanup.end(child.process().pid());
        }
    }

    private boolean enclosed() {
        return ParentDeathSignal.ENCLOSED.contains(leash);
    }

    boolean jailed() {
        return jail != null;
    }

    /** Returns {@code bubblewrap}, or {@code none} where the system does not allow a sandbox. */
    String name() {
        return jail == null ? "none" : "bubblewrap";
    }

    /** Tries a command. */
    interface Trial {
        boolean succeeds(List<String> command);
    }
}
