package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows what a job does on one line that is overwritten; where the output is no terminal, a line for each change but
 * progress.
 */
final class WatchLine {
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintStream out;
    private final boolean terminal = System.console() != null;
    private String step;
    private int percentage;

    WatchLine(PrintStream out) {
        this.out = out;
    }

    void show(JsonNode event) {
        step = event.path("step").asText(event.path("current_step").asText(step));
        percentage = event.path("progress_percentage").asInt(percentage);
        String text = text(event);
        if (terminal) {
            out.print(CLEAR_LINE + text);
            out.flush();
        } else if (!event.path("event").asText().equals("progress")) {
            out.println(text);
        }
    }

    private String text(JsonNode event) {
        List<String> parts = new ArrayList<>();
        parts.add(event.path("status").asText());
        parts.add(event.path("status").asText().equals("COMPLETED") ? "100 %" : percentage + " %");
        if (step != null) {
            parts.add(step);
        }
        if (event.has("speed")) {
            parts.add(String.format(Locale.ROOT, "%.1fx", event.path("speed").asDouble()));
            parts.add(event.path("remaining_seconds").asInt() + " s left");
        }
        if (event.has("code")) {
            parts.add(event.path("code").asText() + ": " + event.path("message").asText());
        }
        return String.join("  ", parts);
    }

    void close() {
        if (terminal) {
            out.println();
        }
    }
}
