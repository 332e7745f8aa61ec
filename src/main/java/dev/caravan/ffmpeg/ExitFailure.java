package dev.caravan.ffmpeg;

import static dev.caravan.failure.FailureKind.TRANSIENT;

import dev.caravan.failure.ErrorLineFinder;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what a non-zero exit means, from what the program wrote before it. */
final class ExitFailure {
    /** 128 and the signal: SIGHUP, SIGINT, SIGKILL, SIGTERM. The cause of a crash (SIGSEGV, SIGABRT) is the input. */
    private static final Set<Integer> ENDED_FROM_OUTSIDE = Set.of(128 + 1, 128 + 2, 128 + 9, 128 + 15);

    /** 128 and SIGXCPU, SIGXFSZ: the limits of {@link Confinement}. */
    private static final int OVER_CPU = 128 + 24;

    private static final int OVER_FILE_SIZE = 128 + 25;

    private static final Pattern UNWRITTEN =
            Pattern.compile("Error writing trailer|Error closing file|av_interleaved_write_frame\\(\\)");

    private final String program;
    private final Toolchain toolchain;
    private final int exit;
    private final String stderrTail;

    private ExitFailure(String program, int exit, String stderrTail) {
        this.program = program;
        this.toolchain = Toolchain.of(program);
        this.exit = exit;
        this.stderrTail = stderrTail;
    }

    /** FFmpeg ends with exit code 0 when only the last bytes could not be written; the file is unusable nevertheless. */
    static boolean hidesBehindSuccess(String stderrTail) {
        return UNWRITTEN.matcher(stderrTail).find();
    }

    /** @param program ffmpeg, ffprobe or vips */
    static StepException of(String program, int exit, String stderrTail) {
        return new ExitFailure(program, exit, stderrTail).exception();
    }

    private StepException exception() {
        if (exit == OVER_FILE_SIZE) {
            return known(ExitSigns.TOO_LARGE);
        } else if (exit == OVER_CPU) {
            return failure(
                    toolchain.code("TIMEOUT"),
                    TRANSIENT,
                    program + " used more processor time than its time limit has on all processors",
                    "Raise FFMPEG_TIMEOUT, or give the worker faster processors.");
        }
        return ExitSigns.of(program)
                .filter(candidate -> candidate.sign().matcher(stderrTail).find())
                .findFirst()
                .map(this::known)
                .orElseGet(this::unknown);
    }

    private StepException known(ExitSigns.ExitSign sign) {
        String message = toolchain.named(sign.message());
        String complaint = ErrorLineFinder.in(stderrTail);
        boolean tellsMore = sign.kind() == FailureKind.PERMANENT && !complaint.isEmpty();
        StepException known = failure(
                sign.code().replace("FFMPEG_KILLED", toolchain.code("KILLED")),
                sign.kind(),
                tellsMore ? message + ": " + complaint : message,
                toolchain.named(sign.advice()));
        // The limit on memory is the same each time.
        return sign.code().equals("OUT_OF_MEMORY") ? known.permanentWhenRepeated() : known;
    }

    private StepException unknown() {
        if (ENDED_FROM_OUTSIDE.contains(exit)) {
            return failure(
                    toolchain.code("KILLED"),
                    TRANSIENT,
                    program + " was killed from outside, most often for want of memory",
                    "Look into the system's log; give the worker more memory or fewer slots.");
        }
        String complaint = ErrorLineFinder.in(stderrTail);
        StepException failed = failure(
                toolchain.code("FAILED"),
                TRANSIENT,
                program + " ended with exit code " + exit + (complaint.isEmpty() ? "" : ": " + complaint),
                "See the last lines that it wrote.");
        return liesInTheInput(complaint) ? failed.permanentWhenRepeated() : failed;
    }

    /** Returns whether the input is the cause: it is for a crash, and unknown for another exit without output. */
    private boolean liesInTheInput(String complaint) {
        return exit > 128 || !complaint.isEmpty() && !ExitSigns.ofTheMachine(stderrTail);
    }

    private StepException failure(String code, FailureKind kind, String message, String advice) {
        return new StepException(new Failure(code, kind, null, message, advice, stderrTail));
    }
}
