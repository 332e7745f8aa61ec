package dev.caravan.work;

import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends child processes that outlived an earlier worker process. They are tied to their parent, but one that was just being
 * started when the parent died can survive; its output is of no use.
 */
final class OrphanProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanProcesses.class);
    private static final Set<String> PROGRAMS =
            Set.of("bwrap", "ffmpeg", "ffprobe", "setpriv", "setsid", "unshare", "prlimit");

    private OrphanProcesses() {}

    /**
     * Ends the programs that work in {@code folder}. Call it only while holding the folder's lock: then no other worker's
     * programs run there.
     */
    static void end(Path folder) {
        String inside = folder.toAbsolutePath() + "/";
        ProcessHandle.allProcesses()
                .filter(process -> PROGRAMS.contains(program(process)))
                .filter(process -> process.info().commandLine().orElse("").contains(inside))
                .forEach(process -> {
                    LOG.info("ended process {}, which an earlier worker left behind", process.pid());
                    process.destroyForcibly();
                });
    }

    private static String program(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .orElse("");
    }
}
