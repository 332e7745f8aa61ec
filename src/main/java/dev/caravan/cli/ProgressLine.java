package dev.caravan.cli;

import java.io.PrintStream;

/** Shows on one line of a terminal what the command waits for; writes nothing where the output is no terminal. */
final class ProgressLine {
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintStream out;
    private final boolean terminal = System.console() != null;

    ProgressLine(PrintStream out) {
        this.out = out;
    }

    void says(String what) {
        if (terminal) {
            out.print(CLEAR_LINE + what + " ...");
            out.flush();
        }
    }

    void clear() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
