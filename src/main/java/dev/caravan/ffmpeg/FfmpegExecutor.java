package dev.caravan.ffmpeg;

import dev.caravan.failure.StepException;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecResult;

/**
 * Runs ffmpeg, ffprobe and vips for {@code camel-exec}: confined, with live progress, and ended with all descendants at the
 * time limit, when it stalls, when the job is aborted and when Camel stops. A run that fails leaves no output behind.
 */
final class FfmpegExecutor implements ExecCommandExecutor {
    private final FfmpegSettings settings;
    private final Confinement confinement;
    private final ChildStarter starter;
    private final Set<Child> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService readers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "ffmpeg-output");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopping;

    FfmpegExecutor(FfmpegSettings settings, Confinement confinement, ChildStarter starter) {
        this.settings = settings;
        this.confinement = confinement;
        this.starter = starter;
    }

    /** @throws StepException for every outcome but exit code 0 */
    @Override
    public ExecResult execute(ExecCommand any) throws IOException {
        FfmpegCommand command = (FfmpegCommand) any;
        boolean done = false;
        try {
            FfmpegResult result = run(command);
            done = true;
            return new FfmpegExecResult(command, result);
        } finally {
            if (!done) {
                remove(command.call().outputs());
            }
        }
    }

    /** Ends all running children and refuses new ones. */
    void stop() {
        stopping = true;
        running.forEach(child -> child.kill(KillReason.STOPPING));
    }

    private FfmpegResult run(FfmpegCommand command) throws IOException {
        remove(command.call().outputs());
        if (stopping || command.step().aborted()) {
            KillReason reason = stopping ? KillReason.STOPPING : KillReason.ABORTED;
            throw reason.failure(command.getExecutable(), settings.timeout(), settings.stall(), "");
        }
        Duration limit = command.limit(settings);
        command.step().timeLimit(limit);
        try {
            return run(command, limit);
        } finally {
            command.step().timeLimitOver();
        }
    }

    private FfmpegResult run(FfmpegCommand command, Duration limit) throws IOException {
        ChildOutput childOutput = new ChildOutput(command);
        Path workspace = command.step().workspace();
        WorkspaceSweep sweep = WorkspaceSweep.before(workspace, command.call().outputs());
        Child child = start(command, sweep, limit);
        childOutput.to(child.process(), readers);
        running.add(child);
        try (StepContext.Registration abort = command.step().onAbort(() -> child.kill(KillReason.ABORTED))) {
            if (stopping) {
                child.kill(KillReason.STOPPING);
            }
            new ChildWatch(child, childOutput, limit, command.stall(settings)).untilEnd();
        } finally {
            running.remove(child);
            confinement.endAllOf(child);
        }
        FfmpegResult result = childOutput.result();
        sweep.after(command.step().jobId());
        return judge(command, child, result, limit);
    }

    private FfmpegResult judge(FfmpegCommand command, Child child, FfmpegResult result, Duration limit) {
        if (child.killed() != null) {
            throw child.killed().failure(command.getExecutable(), limit, settings.stall(), result.stderrTail());
        }
        int exit = child.process().exitValue();
        if (exit != 0 || ExitFailure.hidesBehindSuccess(result.stderrTail())) {
            throw command.ended(exit, result.stderrTail());
        }
        return result;
    }

    private Child start(FfmpegCommand command, WorkspaceSweep sweep, Duration limit) {
        List<String> line = new ArrayList<>(List.of(settings.program(command.getExecutable())));
        line.addAll(command.getArgs());
        try {
            Path workspace = command.step().workspace();
            Set<Path> fixed = new TreeSet<>(sweep.shared());
            command.call().demuxers().keySet().stream()
                    .filter(file -> file.startsWith(workspace))
                    .forEach(fixed::add);
            Process process =
                    starter.start(confinement.wrap(line, workspace, fixed, limit), workspace, command.environment());
            return new Child(process, confinement.jailed());
        } catch (IOException e) {
            throw Toolchain.of(command.getExecutable()).missing(e);
        }
    }

    private static void remove(List<Path> outputs) throws IOException {
        for (Path output : outputs) {
            Files.deleteIfExists(output);
        }
    }
}
