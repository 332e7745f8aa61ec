package dev.caravan.ffmpeg;

import dev.caravan.failure.StepException;
import dev.caravan.work.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs a program of the operator's list as FFmpeg is run: confined, watched, and ended with all its descendants. */
final class ProgramCommand extends FfmpegCommand {
    /** Matches the messages of the wrapping commands for a program that cannot be started. */
    private static final Pattern NOT_STARTED =
            Pattern.compile("(?m)^(bwrap|prlimit|setpriv|unshare): .*(execvp|failed to execute)");

    private final transient Duration limit;

    /** @param limit of its time; it may be silent for the whole of it */
    ProgramCommand(String program, List<String> arguments, FfmpegCall call, StepContext step, Duration limit) {
        super(program, arguments, call, step);
        this.limit = limit;
    }

    @Override
    Duration limit(FfmpegSettings settings) {
        return limit;
    }

    @Override
    Duration stall(FfmpegSettings settings) {
        return limit;
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }

    @Override
    RuntimeException ended(int exit, String stderrTail) {
        return NOT_STARTED.matcher(stderrTail).find()
                ? StepException.ours(
                        "COMMAND_MISSING",
                        "The program %s could not be started: %s".formatted(getExecutable(), stderrTail),
                        "Install it on each worker, or correct its path in caravan.commands.",
                        null)
                : new ProgramExit(exit, stderrTail);
    }
}
