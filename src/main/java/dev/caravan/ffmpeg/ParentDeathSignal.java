package dev.caravan.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives the commands by which a child ends with its worker, whenever that dies. {@code PR_SET_PDEATHSIG} (prctl(2)) applies
 * from the call on, so a child whose parent died before it checks for its parent and ends itself. The scripts are constant;
 * the program to run is in their arguments.
 */
final class ParentDeathSignal {
    /** Ends the child and its group with the worker; passes the process id of the child to {@link #NAMESPACE}. */
    static final List<String> TIED = List.of(
            "setpriv",
            "--pdeathsig",
            "KILL",
            "sh",
            "-c",
            "test \"$PPID\" = \"$0\" && TIED=$$ exec \"$@\"",
            String.valueOf(ProcessHandle.current().pid()),
            "setsid");

    /**
     * Runs bubblewrap in a PID namespace: while it builds its sandbox, its second process is not tied to the first yet and
     * would outlive it. All processes of the namespace end with its first one (pid_namespaces(7)), which is tied to the
     * worker: /proc, still the one outside, shows it whether its parent lives.
     */
    private static final List<String> NAMESPACE = List.of(
            "--pid",
            "--fork",
            "--kill-child=KILL",
            "sh",
            "-c",
            "while read -r key value; do test \"$key\" = PPid: && break; done </proc/self/status;"
                    + " test \"$value\" = \"$TIED\" || exit 125; unset TIED; \"$@\"; exit $?",
            "jail");

    /** The commands to try, best first: root makes a PID namespace directly, others in a user namespace of their own. */
    static final List<List<String>> ENCLOSED = List.of(
            joined(TIED, List.of("unshare"), NAMESPACE),
            joined(TIED, List.of("unshare", "--user", "--map-current-user"), NAMESPACE));

    private ParentDeathSignal() {}

    @SafeVarargs
    static List<String> joined(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }
}
