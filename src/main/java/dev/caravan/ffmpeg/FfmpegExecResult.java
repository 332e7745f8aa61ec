package dev.caravan.ffmpeg;

import java.io.InputStream;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecResult;

/** Carries the outcome through camel-exec, which would return streams. */
final class FfmpegExecResult extends ExecResult {
    private final transient FfmpegResult outcome;

    FfmpegExecResult(ExecCommand command, FfmpegResult outcome) {
        super(command, InputStream.nullInputStream(), InputStream.nullInputStream(), 0);
        this.outcome = outcome;
    }

    FfmpegResult outcome() {
        return outcome;
    }
}
