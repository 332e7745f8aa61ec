package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Formats one job for an operator. */
final class JobText {
    private static final int LABEL = 12;

    private JobText() {}

    static String of(JsonNode job) {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add("%s  %s  %s".formatted(text(job, "job_id"), text(job, "pipeline"), text(job, "status")));
        add(text, "file", job.at("/source/filename").asText());
        add(text, "asset", text(job, "asset_id") + ", owner " + text(job, "owner"));
        add(text, "waiting for", waiting(job));
        add(text, "progress", text(job, "progress_percentage") + " %" + prefixed(", at ", text(job, "current_step")));
        add(text, "priority", text(job, "priority"));
        add(text, "retried", job.path("retried").asInt() == 0 ? "" : text(job, "retried") + " times by hand");
        add(
                text,
                "parameters",
                job.path("parameters").isEmpty() ? "" : job.path("parameters").toString());
        add(text, "worker", text(job, "worker"));
        failure(text, job.path("error"));
        if (!job.path("steps").isEmpty()) {
            text.add("").add(steps(job.path("steps")).toString());
        }
        if (!job.path("history").isEmpty()) {
            text.add("").add(timeline(job.path("history")).toString());
        }
        return text.toString();
    }

    private static String waiting(JsonNode job) {
        return text(job, "waiting_for") + prefixed(", until ", text(job, "due_at"));
    }

    private static void failure(StringJoiner text, JsonNode error) {
        if (error.isObject()) {
            add(text, "error", text(error, "code") + prefixed(" in ", text(error, "step")));
            add(text, "", text(error, "message"));
            add(text, "advice", text(error, "advice"));
            text(error, "stderr_tail").lines().forEach(line -> text.add(" ".repeat(LABEL + 2) + "| " + line));
        }
    }

    private static TextTable steps(JsonNode steps) {
        TextTable table = new TextTable("STEP", "STATUS", "ATTEMPTS", "TOOK", "ERROR");
        steps.properties().stream()
                .sorted((one, other) ->
                        text(one.getValue(), "started_at").compareTo(text(other.getValue(), "started_at")))
                .forEach(step -> table.row(
                        step.getKey(),
                        text(step.getValue(), "status"),
                        text(step.getValue(), "attempts"),
                        took(text(step.getValue(), "started_at"), text(step.getValue(), "finished_at")),
                        step.getValue().at("/error/code").asText()));
        return table;
    }

    /** Writes the time of each event, and the time since the event before it. */
    private static TextTable timeline(JsonNode history) {
        TextTable table = new TextTable("WHEN", "AFTER", "EVENT", "DETAILS");
        String before = "";
        for (JsonNode event : history) {
            table.row(text(event, "at"), took(before, text(event, "at")), text(event, "event"), details(event));
            before = text(event, "at");
        }
        return table;
    }

    /** Writes the step first, and numbers with their names. */
    private static String details(JsonNode event) {
        return event.properties().stream()
                .filter(field -> !field.getKey().equals("at") && !field.getKey().equals("event"))
                .filter(field -> field.getValue().isValueNode())
                .sorted(Comparator.comparing(field -> !field.getKey().equals("step")))
                .map(field -> field.getValue().isNumber()
                        ? field.getKey().replace('_', ' ') + " "
                                + field.getValue().asText()
                        : field.getValue().asText())
                .collect(Collectors.joining(", "));
    }

    /** Writes a duration in readable units: 850 ms, 4.2 s, 3 min 20 s, 2 h 5 min. */
    static String took(String from, String to) {
        if (from.isEmpty() || to.isEmpty()) {
            return "";
        }
        Duration time = Duration.between(Instant.parse(from), Instant.parse(to));
        if (time.toMillis() < 1000) {
            return time.toMillis() + " ms";
        } else if (time.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
        }
        return time.toMinutes() < 60
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    private static String prefixed(String prefix, String text) {
        return text.isEmpty() ? "" : prefix + text;
    }

    private static void add(StringJoiner lines, String label, String value) {
        if (!value.isEmpty()) {
            lines.add("  " + label + " ".repeat(LABEL - label.length()) + value);
        }
    }
}
