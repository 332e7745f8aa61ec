package dev.caravan.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands by which a child ends with its worker, whenever that dies. {@code PR_SET_PDEATHSIG} (prctl(2)) holds from the
 * moment it is asked for, so who was left before that moment looks for its parent and goes by itself. Scripts are these
 * texts always; what is run comes as their arguments.
 */
final class ParentDeathSignal {
    /** The child and its group end with us; it leaves its process id to {@link #NAMESPACE}. */
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
     * While bubblewrap builds its jail, its second process is not tied to the first yet and would outlive it. In a PID
     * namespace around both all end with its first process (pid_namespaces(7)), which is tied to us: /proc, still the
     * one outside, shows it whether its parent lives.
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

    /** Those to try, best first: root makes a PID namespace as it is, others in a user namespace of their own. */
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
