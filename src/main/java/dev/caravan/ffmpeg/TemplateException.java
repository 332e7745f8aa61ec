package dev.caravan.ffmpeg;

/** Reports a command in a Kamelet that cannot be understood or filled in, with its line. */
public final class TemplateException extends IllegalArgumentException {
    private final int line;

    TemplateException(int line, String message) {
        super("Line " + line + " of the command: " + message);
        this.line = line;
    }

    /** Line within the command, from 1. */
    public int line() {
        return line;
    }
}
