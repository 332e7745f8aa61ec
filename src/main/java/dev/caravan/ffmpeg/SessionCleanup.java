package dev.caravan.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends what a child without a PID namespace left running: the processes of its session (setsid(2), field 6 of
 * proc_pid_stat(5)). So no process writes in the workspace any more when Java begins to read it.
 */
final class SessionCleanup {
    private static final int ROUNDS = 100;
    private static final long ROUND_MILLIS = 10;

    private SessionCleanup() {}

    /** @param session id of the process that led it, which has ended */
    static void end(long session) {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> left = ProcessHandle.allProcesses()
                    .filter(process -> belongs(process.pid(), session))
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            left.forEach(SessionCleanup::await);
        }
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(ROUND_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return; // The caller looks for it again.
        }
    }

    /** Returns whether a process of the session can still write: a zombie cannot. */
    private static boolean belongs(long pid, long session) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
            return !fields[0].equals("Z") && !fields[0].equals("X") && fields[3].equals(String.valueOf(session));
        } catch (IOException | IndexOutOfBoundsException e) {
            return false;
        }
    }
}
