package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Describes the pauses in sentences. */
final class PauseText {
    private PauseText() {}

    /** Begins with an empty line; returns an empty string where nothing is paused. */
    static String text(JsonNode answer) {
        StringBuilder text = new StringBuilder();
        answer.path("paused")
                .forEach(pause -> text.append(System.lineSeparator()).append(sentence(pause)));
        return text.isEmpty() ? "" : System.lineSeparator() + text;
    }

    private static String sentence(JsonNode pause) {
        String what = pause.path("pipeline").asText("all pipelines");
        String priority = pause.path("priority").asText("");
        StringBuilder sentence = new StringBuilder("Paused: ").append(what);
        if (!priority.isEmpty()) {
            sentence.append(", ").append(priority).append(" priority");
        }
        sentence.append(", since ").append(pause.path("since").asText());
        if (pause.hasNonNull("by")) {
            sentence.append(", by ").append(pause.path("by").asText());
        }
        if (pause.hasNonNull("reason")) {
            sentence.append(": ").append(pause.path("reason").asText());
        }
        return sentence.toString();
    }
}
