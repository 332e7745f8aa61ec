package dev.caravan.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Set;

/** A failure in words for the person at the terminal; with {@code DEBUG=true} the stack trace comes along. */
final class Sentence {
    private Sentence() {}

    static String about(Throwable failure) {
        return about(failure, Boolean.parseBoolean(System.getenv("DEBUG")));
    }

    static String about(Throwable failure, boolean withTrace) {
        String sentence = "Caravan cannot run: " + reason(failure);
        return withTrace ? sentence + System.lineSeparator() + trace(failure) : sentence;
    }

    /** The innermost cause of our own knows best; frameworks wrap it in words about themselves. */
    private static String reason(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        Throwable best = failure;
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith("dev.caravan.")) {
                return cause.getMessage();
            }
            best = cause;
        }
        return best.getMessage() == null ? best.toString() : best.getMessage();
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
