package dev.caravan.cli;

import dev.caravan.failure.ExceptionText;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Describes a failure for the user at the terminal; with {@code DEBUG=true} it adds the stack trace. */
final class FailureText {
    private FailureText() {}

    static String about(Throwable failure) {
        return about(failure, Boolean.parseBoolean(System.getenv("DEBUG")));
    }

    static String about(Throwable failure, boolean withTrace) {
        String sentence = "Caravan cannot run: " + ExceptionText.of(failure);
        return withTrace ? sentence + System.lineSeparator() + trace(failure) : sentence;
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
