package dev.caravan.ffmpeg;

/** A program of the operator's list ended with another exit code than 0; what that means is for the step to say. */
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

    /** The last lines that it wrote to standard error. */
    public String stderrTail() {
        return stderrTail;
    }
}
