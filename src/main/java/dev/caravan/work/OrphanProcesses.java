package dev.caravan.work;

import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Children of an earlier process that outlived it. They are tied to their parent, but one that was only just being started
 * when it died can slip through; nobody waits for what it makes.
 */
final class OrphanProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanProcesses.class);
    private static final Set<String> PROGRAMS =
            Set.of("bwrap", "ffmpeg", "ffprobe", "setpriv", "setsid", "unshare", "prlimit");

    private OrphanProcesses() {}

    /** Ends the programs that work in {@code folder}. Only for who holds the folder's lock: then nobody else's are there. */
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
