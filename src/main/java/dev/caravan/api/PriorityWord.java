package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.job.Priority;
import java.util.Locale;

/** Reads priorities as clients write them: {@code high}, {@code normal}, {@code low}, or a number. */
final class PriorityWord {
    private PriorityWord() {}

    /** Returns null if there is none; the contract refuses other values. */
    static Priority read(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        return node.isNumber()
                ? Priority.nearest(node.asInt())
                : Priority.valueOf(node.asText().toUpperCase(Locale.ROOT));
    }

    static String of(Priority priority) {
        return priority == null ? null : priority.name().toLowerCase(Locale.ROOT);
    }
}
