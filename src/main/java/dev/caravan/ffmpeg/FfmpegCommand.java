package dev.caravan.ffmpeg;

import dev.caravan.work.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.exec.ExecCommand;

/** Holds one complete run: the hardened arguments, the feature's call, and the step that it is part of. */
class FfmpegCommand extends ExecCommand {
    private final transient FfmpegCall call;
    private final transient StepContext step;

    FfmpegCommand(String program, List<String> arguments, FfmpegCall call, StepContext step) {
        super(program, arguments, step.workspace().toString(), 0L, Set.of(), null, null, false, LoggingLevel.DEBUG);
        this.call = call;
        this.step = step;
    }

    /** Returns the environment variables of the program. */
    Map<String, String> environment() {
        return getExecutable().equals(Vips.PROGRAM) ? Vips.environment(call) : Map.of();
    }

    /** Returns the time limit after which it is ended. */
    Duration limit(FfmpegSettings settings) {
        return settings.limitFor(call.media());
    }

    /** Returns how long it may show no sign of life. */
    Duration stall(FfmpegSettings settings) {
        return settings.stall();
    }

    /** Returns the exception to throw for an exit code other than 0. */
    RuntimeException ended(int exit, String stderrTail) {
        return ExitFailure.of(getExecutable(), exit, stderrTail);
    }

    FfmpegCall call() {
        return call;
    }

    StepContext step() {
        return step;
    }
}
