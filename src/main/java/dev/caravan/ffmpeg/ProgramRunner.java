package dev.caravan.ffmpeg;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.component.exec.ExecCommandExecutor;

/**
 * Runs programs of the operator's list ({@code caravan.commands}) in FFmpeg's sandbox: without network, and with no files
 * but the system's, those beside the program, and the workspace.
 */
public final class ProgramRunner {
    /** Name in the registry. */
    public static final String BEAN = "programs";

    private final ExecCommandExecutor executor;
    private final Set<String> names;

    ProgramRunner(ExecCommandExecutor executor, Set<String> names) {
        this.executor = executor;
        this.names = names;
    }

    /**
     * Runs a program to its end.
     *
     * @param program its name in the list
     * @param arguments in the format of {@link CommandTemplate}, filled in with the values of {@code call}
     * @param limit of its time
     * @return its standard output, 64 MiB at most
     * @throws StepException permanent {@code COMMAND_REFUSED}, {@code COMMAND_INVALID}; transient {@code COMMAND_TIMEOUT}
     * @throws ProgramExit when it ends with an exit code other than 0
     */
    public String run(String program, String arguments, FfmpegCall call, StepContext step, Duration limit)
            throws IOException {
        if (!names.contains(program)) {
            throw StepException.permanent(
                    "COMMAND_REFUSED",
                    "The program %s is not among those that steps may run: %s"
                            .formatted(program, names.isEmpty() ? "there are none" : new TreeSet<>(names)),
                    "Ask the operator to name it in caravan.commands.");
        }
        try {
            ProgramCommand command = new ProgramCommand(
                    program,
                    arguments.isBlank()
                            ? java.util.List.of()
                            : CommandTemplate.parse(arguments).arguments(call.values()),
                    call,
                    step,
                    limit);
            return ((FfmpegExecResult) executor.execute(command)).outcome().output();
        } catch (TemplateException e) {
            throw StepException.permanent(
                    "COMMAND_INVALID", e.getMessage(), "Correct the arguments of the step in the pipeline.");
        } catch (StepException e) {
            throw named(e, program, limit);
        }
    }

    /** Turns a failure about FFmpeg into one about this program. */
    private static StepException named(StepException failed, String program, Duration limit) {
        Failure failure = failed.failure();
        return switch (failure.code()) {
            case "FFMPEG_TIMEOUT", "FFMPEG_STALLED" ->
                new StepException(new Failure(
                        "COMMAND_TIMEOUT",
                        FailureKind.TRANSIENT,
                        null,
                        "%s was not done after %d s and was ended".formatted(program, limit.toSeconds()),
                        "Raise timeLimit of the step, or give the worker more CPU.",
                        failure.stderrTail()));
            case "FFMPEG_MISSING" ->
                StepException.ours(
                        "COMMAND_MISSING",
                        "The program %s could not be started: %s".formatted(program, failure.message()),
                        "Install it on each worker, or correct its path in caravan.commands.",
                        failed);
            default -> failed;
        };
    }
}
