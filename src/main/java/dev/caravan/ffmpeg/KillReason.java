package dev.caravan.ffmpeg;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.time.Duration;

/** Names the reasons for which Caravan ends a child. */
enum KillReason {
    TIME_LIMIT,
    STALLED,
    ABORTED,
    STOPPING;

    /** @param program that Caravan ended */
    StepException failure(String program, Duration limit, Duration stall, String stderrTail) {
        Toolchain toolchain = Toolchain.of(program);
        return switch (this) {
            case TIME_LIMIT ->
                new StepException(new Failure(
                        toolchain.code("TIMEOUT"),
                        FailureKind.TRANSIENT,
                        null,
                        toolchain.label() + " was not done after " + limit.toSeconds() + " s and was ended",
                        "Raise FFMPEG_TIMEOUT, choose a faster FFMPEG_PRESET, or give the worker more CPU.",
                        stderrTail));
            case STALLED ->
                new StepException(new Failure(
                        toolchain.code("STALLED"),
                        FailureKind.TRANSIENT,
                        null,
                        toolchain.label() + " made no progress for " + stall.toSeconds() + " s and was ended",
                        "If it happens with this file only, the file is damaged; else look at the worker's disk and load.",
                        stderrTail));
            case ABORTED -> StepException.fenced("The run was ended because the job was cancelled or given back");
            case STOPPING ->
                StepException.ours(
                        "SHUTTING_DOWN",
                        "The worker is stopping; " + toolchain.label() + " was ended",
                        "Nothing: the job goes on later.",
                        null);
        };
    }
}
