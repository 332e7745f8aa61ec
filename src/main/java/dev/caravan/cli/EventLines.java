package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads server-sent events line by line, and remembers the id for a reconnect. */
final class EventLines {
    private String lastId;
    private String data = "";

    /** Returns the event that {@code line} completes, if it does. */
    Optional<JsonNode> accept(String line) {
        if (line.startsWith("id: ")) {
            lastId = line.substring(4);
        } else if (line.startsWith("data: ")) {
            data = line.substring(6);
        } else if (line.isEmpty() && !data.isEmpty()) {
            String whole = data;
            data = "";
            try {
                return Optional.of(ApiConnection.JSON.readTree(whole));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.empty();
    }

    /** Null before the first. */
    String lastId() {
        return lastId;
    }
}
