package dev.caravan.ffmpeg;

/** Reports that a program of the operator's list ended with an exit code other than 0; the step decides what it means. */
public final class ProgramExit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String stderrTail;

    ProgramExit(int code, String stderrTail) {
        super("exit code " + code);
        this.code = code;
        this.stderrTail = stderrTail;
    }

    public int code() {
        return code;
    }

    /** Returns the last lines that it wrote to standard error. */
    public String stderrTail() {
        return stderrTail;
    }
}
