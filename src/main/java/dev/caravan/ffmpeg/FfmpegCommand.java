package dev.caravan.ffmpeg;

import dev.caravan.work.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.exec.ExecCommand;

/** One run, complete: the hardened arguments, what the feature planned, and the step it is part of. */
class FfmpegCommand extends ExecCommand {
    private final transient FfmpegCall call;
    private final transient StepContext step;

    FfmpegCommand(String program, List<String> arguments, FfmpegCall call, StepContext step) {
        super(program, arguments, step.workspace().toString(), 0L, Set.of(), null, null, false, LoggingLevel.DEBUG);
        this.call = call;
        this.step = step;
    }

    /** What the program is told by environment variables. */
    Map<String, String> environment() {
        return getExecutable().equals(Vips.PROGRAM) ? Vips.environment(call) : Map.of();
    }

    /** When it is ended, done or not. */
    Duration limit(FfmpegSettings settings) {
        return settings.limitFor(call.media());
    }

    /** How long it may give no sign of life. */
    Duration stall(FfmpegSettings settings) {
        return settings.stall();
    }

    /** What to throw for another exit code than 0. */
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
